// What a page says of its own time. Everything is watched in the page itself: a round trip to the runner costs more.
import type { CDPSession, Page } from '@playwright/test';

declare global {
  interface Window {
    stopwatch: {
      /** Milliseconds since the navigation began, of the first frame with each of these on the screen. */
      first: Record<string, number>;
      /** Milliseconds from each key to the end of the last frame that it changed. */
      keys: number[];
      /** Milliseconds from each tap to the commit of the entry on the disk. */
      saved: number[];
      /** When each count of a filter was first on the screen ("All3"), by the clock of the machine. */
      counts: Record<string, number>;
    };
  }
}

/** Put into every document before anything else runs. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const held = { first: {}, keys: [], saved: [], counts: {} } as Window['stopwatch'];
    window.stopwatch = held;
    let keyAt = 0;
    let tapAt = 0;

    const afterFrame = (say: () => void) => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = say;
      channel.port2.postMessage(0);
    });
    const look = () => {
      if (!held.first.rows && document.querySelector('main .row')) {
        held.first.rows = 1;
        afterFrame(() => (held.first.rows = performance.now()));
      }
      for (const filter of document.querySelectorAll('main [role="radio"]')) {
        held.counts[filter.textContent ?? ''] ??= performance.timeOrigin + performance.now();
      }
    };
    new MutationObserver(() => {
      look();
      const since = keyAt;
      if (since) afterFrame(() => since === keyAt && (held.keys[held.keys.length - 1] = performance.now() - since));
    }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });

    addEventListener('keydown', (event) => {
      keyAt = event.timeStamp;
      held.keys.push(0);
    }, { capture: true });
    addEventListener('click', (event) => (tapAt = event.timeStamp), { capture: true });
    for (const write of ['add', 'put'] as const) {
      const honest = IDBObjectStore.prototype[write];
      IDBObjectStore.prototype[write] = function (this: IDBObjectStore, ...given: [any, any?]) {
        if (this.name === 'outbox' && tapAt) {
          const since = tapAt;
          tapAt = 0;
          this.transaction.addEventListener('complete', () => held.saved.push(performance.now() - since));
        }
        return honest.apply(this, given);
      };
    }
  });
}

/** The page's processor at a quarter: a mid tablet. The promise is of one who can undo it. */
export async function slowed(page: Page, rate = 4): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  return session;
}

/** Bytes that are still in use after a collection. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

/** How many entries of the outbox of this page's person wait; asked of the disk. */
export async function waiting(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const names = (await indexedDB.databases()).map(({ name }) => name!).filter((name) => name.startsWith('user-'));
    let count = 0;
    for (const name of names) {
      const database = await asked(indexedDB.open(name));
      count += await asked(database.transaction('outbox').objectStore('outbox').count());
      database.close();
    }
    return count;
  });
}

/** The value below which this share of all lies; nearest rank. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
