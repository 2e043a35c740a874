// A list keeps still while others work; what one does oneself is there at once.
import { useEffect } from 'preact/hooks';
import { status, store } from '../sync/store';
import type { Calm } from '../ui/News';

/** Changes while the first rows are being fetched, so that they are no news. */
export function fetched(): string {
  const { bootstrapping, lastSyncedAt } = status.value;
  return bootstrapping ? `${bootstrapping.done}` : lastSyncedAt ? 'all' : 'none';
}

/** Rows kept back that this person's own taps have made are shown. */
export function useOwnAtOnce<T>(calm: Calm<T>, items: readonly T[], keyOf: (item: T) => string): Calm<T> {
  const shown = calm.news > 0 ? new Set(calm.rows.map(keyOf)) : null;
  const mine = shown !== null && items.some((item) => !shown.has(keyOf(item)) && store.isWaiting(keyOf(item)));
  useEffect(() => {
    if (mine) calm.show();
  }, [mine]);
  return calm;
}
