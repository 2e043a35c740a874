// Back closes a sheet: an open sheet owns one entry of the history, marked with the number of its opening.
import { useEffect, useRef } from 'preact/hooks';

interface Marked {
  sheet?: number;
}

let openings = 0;
const marked = () => (history.state as Marked | null)?.sheet;

export function useBackCloses(open: boolean, close: () => void): void {
  const latest = useRef(close);
  latest.current = close;

  useEffect(() => {
    if (!open) return;
    const mine = ++openings;
    // A sheet that opens out of another takes over its entry.
    const write = marked() ? 'replaceState' : 'pushState';
    history[write]({ ...(history.state as object | null), sheet: mine }, '');

    const onPop = () => marked() !== mine && latest.current();
    addEventListener('popstate', onPop);
    return () => {
      removeEventListener('popstate', onPop);
      // Later, so that a screen or sheet opened by the same tap has taken the entry over first.
      setTimeout(() => marked() === mine && history.back());
    };
  }, [open]);
}
