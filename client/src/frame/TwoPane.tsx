import type { ComponentChildren } from 'preact';
import { useKeptScroll } from './scroll';

export interface TwoPaneProps {
  list: ComponentChildren;
  /** Nothing chosen: null. */
  detail: ComponentChildren | null;
  /** Beside the list when nothing is chosen (tablet lying only). */
  empty: ComponentChildren;
  listLabel: string;
  detailLabel: string;
}

/** Side by side on a lying tablet; else the detail over the list. The list keeps its place, also while one is elsewhere. */
export function TwoPane({ list, detail, empty, listLabel, detailLabel }: TwoPaneProps) {
  const chosen = detail !== null;
  const pane = useKeptScroll(listLabel);
  return (
    <div class="panes">
      <section ref={pane} class="panes__list" aria-label={listLabel} data-under={chosen}>{list}</section>
      <section class="panes__detail" aria-label={detailLabel} data-under={!chosen}>{detail ?? empty}</section>
    </div>
  );
}
