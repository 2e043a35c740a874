import { pauseOnline } from './patience';

/**
 * Calls `woke` when the tablet or the app comes back, and shortly after the network does: it does so for every tablet
 * of the house in the same second. Returns how to stop that.
 */
export function watchWaking(woke: () => void): () => void {
  let later: ReturnType<typeof setTimeout> | undefined;
  const onOnline = (): void => {
    clearTimeout(later);
    later = setTimeout(woke, pauseOnline());
  };
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') woke();
  };
  window.addEventListener('online', onOnline);
  window.addEventListener('pageshow', woke);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    clearTimeout(later);
    window.removeEventListener('online', onOnline);
    window.removeEventListener('pageshow', woke);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
