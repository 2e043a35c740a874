// What a browser's disk does to an app, and what the app has on it.
import type { CDPSession, Page } from '@playwright/test';

/** Real quota of Chromium for the page's origin, in bytes. It counts only from before the origin's first database. */
export async function limitDisk(page: Page, { origin, bytes }: { origin: string; bytes: number }): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
  return session;
}

/** Something else of this origin takes every byte that is left, down to the last. */
export async function fillDisk(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const put = (size: number) => new Promise<boolean>((resolve) => {
      const opening = indexedDB.open('filler');
      opening.onupgradeneeded = () => opening.result.createObjectStore('all', { autoIncrement: true });
      opening.onsuccess = () => {
        const write = opening.result.transaction('all', 'readwrite');
        write.objectStore('all').put(crypto.getRandomValues(new Uint8Array(size)));
        write.oncomplete = () => (opening.result.close(), resolve(true));
        write.onabort = () => (opening.result.close(), resolve(false));
      };
    });
    for (let size = 65_536; size > 16;) if (!(await put(size))) size = Math.floor(size / 4);
  });
}

/** A page of the same origin on which the app does not run, with a network or without. */
export async function leaveTheApp(page: Page): Promise<void> {
  await page.route('**/healthz', (route) => route.fulfill({ contentType: 'text/html', body: '<title>elsewhere</title>' }));
  await page.goto('/healthz');
}

/** The browser clears the origin's databases, as it may when the disk runs low; cookies stay. */
export async function evict(page: Page, origin: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await session.detach();
}

export const databases = (page: Page): Promise<string[]> =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!).sort());

interface Read {
  /** How the database's name begins; the first such. */
  database: string;
  table: string;
}

/** Every row of a table, as it lies on the disk; none where there is no such database. */
export const rowsOf = (page: Page, read: Read): Promise<any[]> => ask(page, { ...read, what: 'getAll' });

export const countOf = (page: Page, read: Read): Promise<number> => ask(page, { ...read, what: 'count' });

const ask = (page: Page, asked: Read & { what: 'getAll' | 'count' }): Promise<any> =>
  page.evaluate(async ({ database, table, what }) => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const name = (await indexedDB.databases()).map((one) => one.name!).find((one) => one.startsWith(database));
    if (!name) return [];
    const opened = await answer(indexedDB.open(name));
    const found = await answer(opened.transaction(table).objectStore(table)[what]() as IDBRequest<unknown>);
    opened.close();
    return found;
  }, asked);

/** As many more of what was tapped last, as if it had been tapped so often; the app sees them when it opens again. */
export async function fillOutbox(page: Page, times: number): Promise<void> {
  await page.evaluate(async (more) => {
    const name = (await indexedDB.databases()).map((one) => one.name!).find((one) => one.startsWith('user-'))!;
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
    });
    const write = opened.transaction(['outbox', 'meta'], 'readwrite');
    const outbox = write.objectStore('outbox');
    outbox.openCursor(null, 'prev').onsuccess = ({ target }) => {
      const entry = (target as IDBRequest<IDBCursorWithValue>).result.value;
      for (let one = 1; one <= more; one += 1) {
        const fresh = { clientSeq: entry.clientSeq + one, clientMutationId: crypto.randomUUID() };
        outbox.add({ ...entry, ...fresh, variables: { ...entry.variables, id: crypto.randomUUID() } });
      }
      write.objectStore('meta').put({ key: 'nextSeq', value: entry.clientSeq + more + 1 });
    };
    await new Promise((resolve) => (write.oncomplete = resolve));
    opened.close();
  }, times);
}

/** The name of this person's store at the server, and what it holds. */
export async function storeId(page: Page): Promise<string> {
  const meta = await rowsOf(page, { database: 'user-', table: 'meta' });
  return meta.find(({ key }) => key === 'clientId').value;
}
