import type { ComponentChildren } from 'preact';
import { classes } from '../ui/classes';

export interface PageProps {
  children: ComponentChildren;
  /** No room at the sides: rows from edge to edge. */
  flush?: boolean;
  /** As wide as there is. */
  wide?: boolean;
  /** Little room below, since tabs or a list follow. */
  joined?: boolean;
}

/** The room of a screen inside of main or a pane: one column of a readable width. */
export function Page({ children, flush, wide, joined }: PageProps) {
  return <div class={classes('page', flush && 'page--flush', wide && 'page--wide', joined && 'page--joined')}>{children}</div>;
}

/** Without the frame, in the middle: sign-in, lock. */
export function Gate({ children }: { children: ComponentChildren }) {
  return <main class="gate" id="main">{children}</main>;
}
