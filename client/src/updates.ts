import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { Workbox } from 'workbox-window';

import { unsavedDrafts } from './sync/drafts';

const HOUR = 3_600_000;

const waiting = signal<Workbox | null>(null);

/** A newer app has been fetched and waits to be let in. */
export const updateReady: ReadonlySignal<boolean> = computed(() => waiting.value !== null);

/** Keeps the app on the tablet, and looks for a newer one now and then. Nothing is replaced unasked. */
export function keepInstalled(): void {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return;
  const worker = new Workbox('/service-worker.js');
  worker.addEventListener('waiting', () => (waiting.value = worker));
  worker.addEventListener('controlling', (event) => {
    // Another tab may have let it in: here, too, what is being typed is saved first.
    if (event.isUpdate) void saved().then(() => location.reload());
  });
  void worker.register();
  setInterval(() => void worker.update().catch(() => undefined), HOUR);
}

/** Lets the newer app in. What is being typed is on the disk first; what is being sent is sent again if need be. */
export async function update(): Promise<void> {
  await saved();
  waiting.peek()?.messageSkipWaiting();
}

async function saved(): Promise<void> {
  while (unsavedDrafts.value > 0) await new Promise((resolve) => setTimeout(resolve, 100));
}
