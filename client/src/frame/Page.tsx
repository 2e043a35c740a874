import type { ComponentChildren } from 'preact';
import { classes } from '../ui/classes';

/** The room of a screen inside of main or a pane: one column of a readable width. `flush` for rows from edge to edge. */
export function Page({ children, flush, wide }: { children: ComponentChildren; flush?: boolean; wide?: boolean }) {
  return <div class={classes('page', flush && 'page--flush', wide && 'page--wide')}>{children}</div>;
}

/** Without the frame, in the middle: sign-in, lock. */
export function Gate({ children }: { children: ComponentChildren }) {
  return <main class="gate" id="main">{children}</main>;
}
