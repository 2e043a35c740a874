/** Calls `woke` when the tablet, the app or the network comes back. Returns how to stop that. */
export function watchWaking(woke: () => void): () => void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') woke();
  };
  window.addEventListener('online', woke);
  window.addEventListener('pageshow', woke);
  document.addEventListener('visibilitychange', onVisible);
  return () => {
    window.removeEventListener('online', woke);
    window.removeEventListener('pageshow', woke);
    document.removeEventListener('visibilitychange', onVisible);
  };
}
