import Dexie from 'dexie';
import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { newId } from '../ids';
import { SHAPE } from '../model';
import { CacheDatabase, newCacheName, UserDatabase } from './database';
import { unsentOf } from './leaving';
import { initially, status } from './status';
import { FakeServer } from './testing/fake_server';
import { fillDisk, freshDisk, repair, Tablet } from './testing/tablet';
import { openCustomer, openLead, say } from './testing/verbs';
import { unkeptOf } from './unkept';

// The browser's disk: full in the middle of a write, thrown away under our feet, and of an older form.

let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  status.value = initially;
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

afterEach(() => {
  repair();
  vi.restoreAllMocks();
});

const wanted = (name: string): Parameters<Tablet['engine']['keepOrHold']>[0] => ({
  verb: 'openCustomer', version: 1, variables: { id: newId(), name }, me: tablet.personId, showroomId: 'here',
});
const names = (): unknown[] => tablet.engine.visible.all('customers').map((one) => one.name).sort();
const onDisk = async (): Promise<unknown[]> => (await tablet.engine.outbox.all()).map((one) => [one.clientSeq, one.variables['name']]);
const inStep = (): void => expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));

describe('a full disk', () => {
  test.each([1, 2, 3])('in the middle of a write, before its %ith row: nothing is half-written, no number is used (I3)', async (nth) => {
    await tablet.engine.database.drafts.put({ key: 'new', value: 'typed', at: 0 });
    let left = nth;
    for (const write of ['add', 'put', 'delete'] as const) {
      const honest = IDBObjectStore.prototype[write] as any;
      vi.spyOn(IDBObjectStore.prototype, write as any).mockImplementation(function (this: any, ...given: any[]) {
        left -= 1;
        if (left === 0) throw new DOMException('The disk is full.', 'QuotaExceededError');
        return honest.apply(this, given);
      } as any);
    }
    await expect(tablet.taps(openCustomer, { id: newId(), name: 'Ann' }, { draft: 'new' })).rejects.toThrow();
    vi.restoreAllMocks();
    expect(await onDisk()).toEqual([]);
    expect(await tablet.engine.database.drafts.count()).toBe(1);
    expect((await tablet.taps(openCustomer, { id: newId(), name: 'Bea' })).clientSeq).toBe(1);
  });

  test('the copy yields first, then the receipts: the tap is kept, and everything stays in sight', async () => {
    server.write('customers', { id: newId(), name: 'of the server', phone: null, ownerId: null });
    await tablet.taps(openCustomer, { id: newId(), name: 'settled' });
    await tablet.syncs();
    const full = vi.spyOn(tablet.engine.outbox, 'add').mockRejectedValueOnce(new DOMException('full', 'QuotaExceededError'));
    await tablet.engine.keepOrHold(wanted('Ann'));
    expect(full).toHaveBeenCalledTimes(2);
    expect((await Dexie.getDatabaseNames()).filter((name) => name.startsWith('cache-'))).toEqual([]);
    expect(await tablet.engine.database.receipts.count()).toBe(0);
    expect(names()).toEqual(['Ann', 'of the server', 'settled']);
    expect(status.value.unkept).toBe(0);
  });

  test('with no room at all it is still captured: in memory, shown, counted, and said not to be saved', async () => {
    fillDisk('user-');
    for (const name of ['Ann', 'Bea']) await tablet.engine.keepOrHold(wanted(name));
    expect(names()).toEqual(['Ann', 'Bea']);
    expect(status.value).toMatchObject({ unkept: 2, waiting: 2 });
    expect(tablet.engine.unkept.entries.value.map((entry) => entry.variables['name'])).toEqual(['Ann', 'Bea']);
    repair();
    expect(await onDisk()).toEqual([]);
  });

  test('as soon as there is room it goes on the disk in the order of taps, before any new one, and arrives once', async () => {
    fillDisk('user-');
    const held = await tablet.engine.keepOrHold(wanted('Ann'));
    await tablet.engine.keepOrHold(wanted('Bea'));
    repair();
    await tablet.engine.keepOrHold(wanted('Cleo'));
    expect(await onDisk()).toEqual([[1, 'Ann'], [2, 'Bea'], [3, 'Cleo']]);
    expect((await tablet.engine.outbox.all())[0]).toMatchObject({ clientMutationId: held.clientMutationId, at: held.at });
    expect(status.value).toMatchObject({ unkept: 0, waiting: 3 });
    await tablet.syncs();
    expect(names()).toEqual(['Ann', 'Bea', 'Cleo']);
    inStep();
  });

  test('what is in memory outlives a lock and a sign-out, and may be taken back', async () => {
    fillDisk('user-');
    const held = await tablet.engine.keepOrHold(wanted('Ann'));
    await tablet.engine.keepOrHold(wanted('Bea'));
    expect(await unsentOf(tablet.personId)).toBe(2);
    await tablet.restart();
    expect(names()).toEqual(['Ann', 'Bea']);
    expect(await tablet.engine.undo(held.clientMutationId)).toBe(true);
    expect(names()).toEqual(['Bea']);
    repair();
    expect(await tablet.engine.keepUnkept()).toBe(true);
    expect(await onDisk()).toEqual([[1, 'Bea']]);
    expect(unkeptOf(tablet.personId).isEmpty).toBe(true);
  });

  test('a refused entry is not mended into memory: it stays in the tray', async () => {
    const leadId = newId();
    await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs();
    const [refused] = tablet.engine.tray.value;
    fillDisk('user-');
    await expect(tablet.engine.keepOrHold({ ...wanted('Ann'), replaces: refused!.clientMutationId })).rejects.toThrow();
    repair();
    await tablet.restart();
    expect(tablet.engine.tray.value).toHaveLength(1);
  });
});

/** Everything of this person on the disk, gone while it is open: as a browser does it that needs room. */
async function evict(): Promise<void> {
  for (const name of await Dexie.getDatabaseNames()) if (name.includes(tablet.personId)) await Dexie.delete(name);
}

describe('a store that the browser threw away', () => {
  test('while somebody is signed in: what waits and what was refused is put back from memory, said, and arrives; the copy is read anew', async () => {
    await tablet.taps(openCustomer, { id: newId(), name: 'settled' });
    await tablet.taps(say, { id: newId(), leadId: newId(), text: 'refuse' });
    await tablet.syncs();
    for (const name of ['Ann', 'Bea', 'Cleo']) await tablet.taps(openCustomer, { id: newId(), name });
    const { storeId } = tablet.engine;
    await evict();
    await tablet.taps(openCustomer, { id: newId(), name: 'Dora' });
    expect(status.value.restocked).toBe(true);
    expect((await onDisk()).map((one) => (one as unknown[])[1])).toEqual(['Ann', 'Bea', 'Cleo', 'Dora']);
    for (let n = 0; n < 3; n += 1) await tablet.syncs();
    expect(names()).toEqual(['Ann', 'Bea', 'Cleo', 'Dora', 'settled']);
    expect([...server.effects.values()]).toEqual([1, 1, 1, 1, 1]);
    expect(Object.keys(server.state.stores)).toEqual([storeId]);
    await tablet.restart();
    expect(tablet.engine.tray.value).toMatchObject([{ variables: { text: 'refuse' } }]);
    inStep();
  });

  test('with nothing tapped since, the next cycle notices, and numbers go on where the server is', async () => {
    await tablet.taps(openCustomer, { id: newId(), name: 'settled' });
    await tablet.syncs();
    await evict();
    await tablet.engine.probe();
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    for (let n = 0; n < 2; n += 1) await tablet.syncs();
    expect(Object.values(server.state.receipts).map((one) => one.clientSeq)).toEqual([1, 2]);
    inStep();
  });

  test('while nobody looked: the device’s cookie tells, it is said, and everything is read anew', async () => {
    server.oneDevice = true;
    await tablet.taps(openCustomer, { id: newId(), name: 'settled' });
    await tablet.syncs();
    expect(status.value.evicted).toBe(false);
    tablet.engine.close();
    await evict();
    await tablet.comesBack();
    expect(names()).toEqual([]);
    await tablet.syncs();
    expect(status.value.evicted).toBe(true);
    expect(names()).toEqual(['settled']);
    status.value = initially;
    await tablet.restart();
    expect(status.value.evicted).toBe(true);
    await tablet.engine.acknowledge('evicted');
    await tablet.restart();
    expect(status.value.evicted).toBe(false);
    inStep();
  });
});

describe('an update of the app', () => {
  test('a copy of an older form with 10,000 records is left for a new one, and not opened by mistake', async () => {
    for (let n = 0; n < 5; n += 1) server.write('customers', { id: newId(), name: `c${n}`, phone: null, ownerId: null });
    const older = newCacheName(tablet.personId).replace(SHAPE, '00000000');
    const cache = new CacheDatabase(older);
    const rows = Array.from({ length: 10_000 }, (_, n) => ({ id: `${n}`, name: 'of the older form' }));
    for (let at = 0; at < rows.length; at += 500) await cache.blocks.add({ collection: 'customers', rows: rows.slice(at, at + 500) });
    await cache.meta.put({ key: 'cursor', value: 'an older cursor' });
    cache.close();
    await tablet.engine.database.write('cache', older);
    await tablet.taps(openCustomer, { id: newId(), name: 'waits' });

    await tablet.restart();
    expect(names()).toEqual(['waits']);
    await tablet.syncs();
    expect(names()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'waits']);
    expect(await Dexie.getDatabaseNames()).not.toContain(older);
    inStep();
  });

  test('a person’s own database of the first form has everything in it when it is opened by this one', async () => {
    const personId = newId();
    const first = new Dexie(`user-${personId}`);
    first.version(1).stores({ outbox: 'clientSeq, clientMutationId', tray: 'clientMutationId', drafts: 'key', meta: 'key' });
    const entry = (clientSeq: number): object => ({
      clientSeq, clientMutationId: newId(), verb: 'openCustomer', version: 1, variables: { id: newId(), name: `c${clientSeq}` }, at: new Date().toISOString(),
      me: personId, showroomId: 'here', heldUntil: 0, attempts: 0, failures: 0,
    });
    await first.open();
    await first.table('outbox').bulkAdd(Array.from({ length: 40 }, (_, n) => entry(n + 1)));
    await first.table('tray').add({ clientMutationId: 'refused', verb: 'say', version: 1, variables: { text: '王' }, problems: [], parked: false });
    await first.table('drafts').add({ key: 'visit', value: 'half', at: 0 });
    await first.table('meta').bulkAdd([{ key: 'clientId', value: newId() }, { key: 'nextSeq', value: 41 }]);
    first.close();

    const updated = await Tablet.opened(server, personId);
    const { database } = updated.engine;
    expect([await database.outbox.count(), await database.tray.count(), await database.drafts.count()]).toEqual([40, 1, 1]);
    expect((await updated.taps(openLead, { id: newId(), customerId: newId() })).clientSeq).toBe(41);
    await updated.syncs();
    expect(Object.values(server.state.receipts).filter((one) => one.outcome === 'APPLIED')).toHaveLength(40);
    expect(updated.engine.tray.value.map((one) => one.verb).sort()).toEqual(['openLead', 'say']);
    expect(await new UserDatabase(personId).unsent()).toBe(3);
  });
});
