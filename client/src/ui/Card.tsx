import type { ComponentChildren } from 'preact';
import { classes } from './classes';

export type Tone = 'wait' | 'bad' | 'good' | 'accent';

export interface CardProps {
  children: ComponentChildren;
  title?: string;
  /** Beside the title, at the right. */
  aside?: ComponentChildren;
  tone?: 'accent' | 'wait' | 'bad';
  /** No padding: for lists inside. */
  flush?: boolean;
}

export function Card({ children, title, aside, tone, flush }: CardProps) {
  return (
    <section class={classes('card', tone && `card--${tone}`, flush && 'card--flush')} aria-label={title}>
      {title && (
        <div class="card__head">
          <h2>{title}</h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** A word that qualifies: "requested", "claimed". Never to be tapped. */
export function Tag({ children, tone }: { children: ComponentChildren; tone?: Tone }) {
  return <span class={classes('tag', tone && `tag--${tone}`)}>{children}</span>;
}

/** A big number with what it counts. */
export function Figure({ value, label, large }: { value: ComponentChildren; label: string; large?: boolean }) {
  return (
    <div class="stat">
      <div class={classes('figure', large && 'figure--large')}>{value}</div>
      <div class="quiet small">{label}</div>
    </div>
  );
}
