// The tablet's databases as the first version of the app made them, and what today's made of them.
import type { Page } from '@playwright/test';

/** Writes both databases again in their first shape: a cache of rows of yesterday's, and what was typed in the tables that there were. */
export async function asOfTheFirstVersion(page: Page, many: number): Promise<void> {
  await page.evaluate(async (records) => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const names = (await indexedDB.databases()).map(({ name }) => name!);
    const user = names.find((name) => name.startsWith('user-'))!;
    const id = user.replace('user-', '');
    const opened = await asked(indexedDB.open(user));
    const outbox = await asked(opened.transaction('outbox').objectStore('outbox').getAll());
    const meta = await asked(opened.transaction('meta').objectStore('meta').getAll());
    const typed = await asked(opened.transaction('drafts').objectStore('drafts').getAll());
    opened.close();
    for (const name of names) if (name === user || name.startsWith('cache-')) await asked(indexedDB.deleteDatabase(name));

    const make = (name: string, tables: Record<string, IDBObjectStoreParameters>) => {
      const opening = indexedDB.open(name, 10);
      opening.onupgradeneeded = () => Object.entries(tables).forEach(([table, how]) => {
        const made = opening.result.createObjectStore(table, how);
        if (table === 'outbox') made.createIndex('clientMutationId', 'clientMutationId');
      });
      return asked(opening);
    };
    const old = await make(`cache-${id}-00000000-0123456789abcdef`, {
      blocks: { keyPath: 'number', autoIncrement: true }, delta: { keyPath: ['collection', 'id'] }, meta: { keyPath: 'key' },
    });
    const rows = old.transaction(['blocks', 'meta'], 'readwrite');
    for (let start = 0; start < records; start += 500) {
      const some = Array.from({ length: 500 }, (_, index) => ({ id: crypto.randomUUID(), name: `Ghost ${start + index}` }));
      rows.objectStore('blocks').add({ collection: 'customers', rows: some });
    }
    rows.objectStore('meta').put({ key: 'cursor', value: 'of yesterday' });
    await new Promise((resolve) => (rows.oncomplete = resolve));
    old.close();

    const mine = await make(user, {
      outbox: { keyPath: 'clientSeq' }, tray: { keyPath: 'clientMutationId' }, drafts: { keyPath: 'key' }, meta: { keyPath: 'key' },
    });
    const write = mine.transaction(['outbox', 'tray', 'drafts', 'meta'], 'readwrite', { durability: 'relaxed' });
    const at = Date.now();
    outbox.forEach((entry) => write.objectStore('outbox').put(entry));
    meta.forEach((one) => write.objectStore('meta').put(one.key === 'cache' ? { key: 'cache', value: old.name } : one));
    write.objectStore('tray').put({
      clientMutationId: crypto.randomUUID(), verb: 'captureWalkIn', version: 1, variables: { name: 'Kept In the tray' }, at: new Date(at).toISOString(),
      showroomId: outbox[0].showroomId, problems: [{ code: 'INVALID_PHONE', message: '' }], parked: false, since: at,
    });
    typed.forEach((one) => write.objectStore('drafts').put(one));
    for (let number = 0; number < records; number += 1) write.objectStore('drafts').put({ key: `form-${number}`, value: { text: 'half a thought' }, at });
    await new Promise((resolve) => (write.oncomplete = resolve));
    mine.close();
  }, many);
}

/** Names of the customers in the cache: blocks, and what has changed since. */
export const namesOnDisk = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    const name = (await indexedDB.databases()).map((one) => one.name!).find((one) => one.startsWith('cache-'))!;
    const opened = await asked(indexedDB.open(name));
    const [blocks, changed] = await Promise.all(['blocks', 'delta'].map((table) => asked(opened.transaction(table).objectStore(table).getAll())));
    opened.close();
    const rows = [...blocks!, ...changed!.map(({ collection, row }) => ({ collection, rows: row ? [row] : [] }))];
    const customers = rows.filter(({ collection }) => collection === 'customers').flatMap(({ rows: some }) => some as { name: string }[]);
    return customers.map((one) => one.name).sort();
  });
