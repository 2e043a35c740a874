// Back closes a sheet: an open sheet owns one entry of the history, marked with its id.
import { useEffect, useRef } from 'preact/hooks';

interface Marked {
  sheet?: string;
}

const marked = () => (history.state as Marked | null)?.sheet;

export function useBackCloses(id: string, { open, close }: { open: boolean; close: () => void }): void {
  const latest = useRef(close);
  latest.current = close;

  useEffect(() => {
    if (!open) return;
    // A sheet that opens out of another takes over its entry.
    const write = marked() ? 'replaceState' : 'pushState';
    history[write]({ ...(history.state as object | null), sheet: id }, '');

    const onPop = () => marked() !== id && latest.current();
    addEventListener('popstate', onPop);
    return () => {
      removeEventListener('popstate', onPop);
      // Later, so that a screen or sheet opened by the same tap has taken the entry over first.
      setTimeout(() => marked() === id && history.back());
    };
  }, [open, id]);
}
