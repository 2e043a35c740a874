// Nothing jumps: rows that arrive from other tablets wait behind a pill until a person asks for them or scrolls.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './Icon';

export function NewsPill({ count, onClick }: { count: number; onClick: () => void }) {
  return (
    <div class="news" role="status">
      {count > 0 && (
        <button type="button" class="news__pill" onClick={onClick}>
          <Icon name="chevron" size={16} />
          {t('common.news', { count })}
        </button>
      )}
    </div>
  );
}

export interface Calm<T> {
  rows: readonly T[];
  /** How many are kept back. */
  news: number;
  show: () => void;
}

/**
 * Known rows keep their place and show their newest content; those that left go; new ones are kept back until `show()`.
 * A changed `view` (another filter, another search) shows everything at once.
 */
export function useCalm<T>(items: readonly T[], { keyOf, view = '' }: { keyOf: (item: T) => string; view?: string }): Calm<T> {
  const [round, setRound] = useState(0);
  const order = useRef<{ of: string; keys: string[] }>({ of: '', keys: [] });
  const stamp = `${view} ${round}`;
  if (order.current.of !== stamp || order.current.keys.length === 0) order.current = { of: stamp, keys: items.map(keyOf) };

  const rows = useMemo(() => {
    const byKey = new Map(items.map((item) => [keyOf(item), item]));
    return order.current.keys.map((key) => byKey.get(key)).filter((item) => item !== undefined);
  }, [items, stamp]);
  const show = () => setRound((before) => before + 1);
  return { rows, news: items.length - rows.length, show };
}

/** Calls `then` when the scroller that `inside` lies in has been moved by a person. */
export function useScrolled(inside: { current: HTMLElement | null }, then: () => void): void {
  useEffect(() => {
    const scroller = scrollerOf(inside.current);
    scroller?.addEventListener('scroll', then, { passive: true });
    return () => scroller?.removeEventListener('scroll', then);
  }, [then]);
}

export function scrollerOf(element: HTMLElement | null): HTMLElement | null {
  for (let at = element?.parentElement ?? null; at; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
