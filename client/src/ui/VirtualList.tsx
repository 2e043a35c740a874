import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { scrollerOf } from './News';
import { indexAt, Offsets } from './offsets';

export interface VirtualListProps<T> {
  label: string;
  items: readonly T[];
  keyOf: (item: T) => string;
  /** One row; a ListRow with as="div". */
  children: (item: T, index: number) => ComponentChildren;
  /** Height of a row before it was seen, px. */
  estimate?: number;
}

const beyond = 400;

/** Only the rows in sight are in the document; their true heights are measured, so text may grow. */
export function VirtualList<T>({ label, items, keyOf, children, estimate = 77 }: VirtualListProps<T>) {
  const list = useRef<HTMLUListElement>(null);
  const heights = useRef(new Map<string, number>());
  const [measured, setMeasured] = useState(0);
  const sight = useSight(list);

  const offsets = useMemo(
    () => new Offsets(items.map((item) => heights.current.get(keyOf(item)) ?? estimate)),
    [items, estimate, measured],
  );
  const first = indexAt(offsets, sight.top - beyond);
  const last = Math.min(items.length - 1, indexAt(offsets, sight.bottom + beyond));

  useLayoutEffect(() => {
    let changed = false;
    for (const element of list.current?.children ?? []) {
      const { key = '' } = (element as HTMLElement).dataset;
      // Up to the next pixel, or a row would cover the hairline of the one above.
      const height = Math.ceil(element.getBoundingClientRect().height);
      if (height && heights.current.get(key) !== height) {
        heights.current.set(key, height);
        changed = true;
      }
    }
    if (changed) setMeasured((before) => before + 1);
  });

  const rows = [];
  for (let index = first; index <= last; index++) {
    const item = items[index] as T;
    rows.push(
      <li key={keyOf(item)} data-key={keyOf(item)} class="virtual__item" aria-setsize={items.length} aria-posinset={index + 1}
        style={{ transform: `translateY(${offsets.of(index)}px)` }}>
        {children(item, index)}
      </li>,
    );
  }
  return <ul ref={list} class="virtual" role="list" aria-label={label} style={{ height: `${offsets.total}px` }}>{rows}</ul>;
}

/** What of the list is in sight of its scroller, in px from the list's own top. */
function useSight(list: { current: HTMLElement | null }) {
  const [sight, setSight] = useState({ top: 0, bottom: 1000 });
  useEffect(() => {
    const element = list.current!;
    const scroller = scrollerOf(element) ?? document.documentElement;
    const look = () => {
      const top = scroller.getBoundingClientRect().top - element.getBoundingClientRect().top;
      setSight((before) => (Math.abs(before.top - top) < 60 && before.bottom - before.top === scroller.clientHeight ? before : { top, bottom: top + scroller.clientHeight }));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(scroller);
    scroller.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      scroller.removeEventListener('scroll', look);
    };
  }, []);
  return sight;
}
