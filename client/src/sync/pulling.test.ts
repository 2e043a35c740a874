import { effect } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { newId } from '../ids';
import { COLLECTIONS } from '../model';
import { dropCaches } from './database';
import { status } from './status';
import { FakeServer } from './testing/fake_server';
import { fillDisk, freshDisk, killBefore, repair, Tablet } from './testing/tablet';
import { openCustomer, openLead, say } from './testing/verbs';

let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

const customers = (count: number, ownerId: string | null = null): string[] =>
  Array.from({ length: count }, (_, n) => {
    const id = newId();
    server.write('customers', { id, name: `c${n}`, phone: null, ownerId });
    return id;
  });
const inStep = (of = tablet): void => expect(of.engine.state()).toEqual(server.visibleTo(of.personId));

describe('reading', () => {
  test('a first reading in pages is mended by what changed meanwhile', async () => {
    const ids = customers(10);
    const running = tablet.syncs();
    server.remove('customers', ids[0]!);
    customers(2);
    await running;
    await tablet.syncs();
    inStep();
  });

  test('news on several pages are shown together: what belongs together is never seen in part (I22)', async () => {
    await tablet.syncs();
    const seen = new Set<number>();
    const stop = effect(() => void seen.add(tablet.engine.visible.all('customers').length));
    customers(8);
    await tablet.syncs();
    stop();
    expect([...seen]).toEqual([0, 8]);
  });

  test('a new copy is shown when a pull has mended it: its pages are of several moments', async () => {
    const [first] = customers(4);
    await tablet.syncs();
    const seen = new Set<number>();
    const stop = effect(() => void seen.add(tablet.engine.visible.all('customers').length));
    server.views[tablet.personId] = 1;
    const honest = server.answer.bind(server);
    let pages = 0;
    vi.spyOn(server, 'answer').mockImplementation((operation, ...given) => {
      const answer = honest(operation, ...given);
      if (operation === 'Snapshot' && (pages += 1) === 1) {
        server.remove('customers', first!);
        customers(1);
      }
      return answer;
    });
    await tablet.syncs();
    stop();
    expect(pages).toBeGreaterThan(1);
    expect([...seen]).toEqual([4]);
    inStep();
  });

  test('a first reading goes on where it was left, after a lost page and after a restart', async () => {
    customers(12);
    await tablet.syncs('none', 'none', 'none', 'dropped');
    await tablet.restart();
    expect(tablet.engine.visible.all('customers')).toHaveLength(3);
    server.requests = 0;
    await tablet.syncs();
    expect(server.requests).toBe(1 + 3 + 1);
    inStep();
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 17, 20])('I13: killed before the %ith write of a first cycle, it replays harmlessly', async (nth) => {
    customers(7);
    const id = newId();
    await tablet.taps(openCustomer, { id, name: 'Ann' });
    killBefore(nth, tablet);
    await tablet.syncs();
    repair();
    await tablet.restart();
    expect(tablet.engine.visible.get('customers', id)).toBeDefined();
    await tablet.syncs();
    inStep();
    expect(await tablet.engine.outbox.all()).toEqual([]);
    expect([...server.effects.values()]).toEqual([1]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14])('I13: killed before the %ith write of a later cycle, it replays harmlessly', async (nth) => {
    await tablet.syncs();
    customers(7);
    const [customerId, leadId] = [newId(), newId()];
    await tablet.taps(openCustomer, { id: customerId, name: 'Ann' });
    await tablet.taps(openLead, { id: leadId, customerId });
    await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    killBefore(nth, tablet);
    await tablet.syncs();
    repair();
    await tablet.restart();
    expect(tablet.engine.visible.get('leads', leadId)).toBeDefined();
    await tablet.syncs();
    inStep();
    expect(tablet.engine.tray.value).toHaveLength(1);
    expect(await tablet.engine.outbox.all()).toEqual([]);
  });

  test('I12: what was reassigned to another goes, and leaves no row behind', async () => {
    const [id] = customers(1, tablet.personId);
    const leadId = newId();
    await tablet.syncs();
    await tablet.taps(openLead, { id: leadId, customerId: id! });
    await tablet.syncs();
    server.reassign(id!, newId());
    await tablet.syncs();
    expect(tablet.engine.state()).toEqual({});
    await tablet.restart();
    expect(tablet.engine.state()).toEqual({});
  });

  test('I14: a change of view builds a new copy beside the old; what waits is untouched', async () => {
    customers(5, newId());
    await tablet.syncs();
    const id = newId();
    await tablet.taps(openCustomer, { id, name: 'Ann' });
    server.managers.add(tablet.personId);
    server.views[tablet.personId] = 1;
    await tablet.syncs('none', 'none', 'none', 'dropped');
    expect(tablet.engine.visible.get('customers', id)).toBeDefined();
    await tablet.syncs();
    inStep();
    await tablet.restart();
    inStep();
  });

  test('a delta that has grown is folded into blocks, and another tab that is behind folds nothing', async () => {
    customers(4);
    await tablet.syncs();
    customers(4);
    await tablet.syncs();
    const { cache, truth, cursor } = (tablet.engine as any).copy;
    await cache.compact(truth, COLLECTIONS, 'an older cursor', 1);
    expect(await cache.database.delta.count()).toBe(4);
    await cache.compact(truth, COLLECTIONS, cursor, 1);
    expect(await cache.database.delta.count()).toBe(0);
    await tablet.restart();
    inStep();
  });

  test('a copy that the browser threw away is read again', async () => {
    customers(4);
    await tablet.syncs();
    const id = newId();
    await tablet.taps(openCustomer, { id, name: 'Ann' });
    tablet.engine.close();
    await dropCaches(tablet.personId);
    await tablet.restart();
    expect(tablet.engine.visible.get('customers', id)).toBeDefined();
    await tablet.syncs();
    inStep();
  });

  test('a connection that the browser lost while it slept is opened again', async () => {
    await tablet.syncs();
    (tablet.engine.database as any).idbdb.close();
    (tablet.engine as any).copy.database.idbdb.close();
    await tablet.engine.probe();
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    await tablet.syncs();
    inStep();
  });
});

describe('a server restored from a backup', () => {
  test('what it lost and we still have gets new numbers, in the same order, and takes effect', async () => {
    await tablet.taps(openCustomer, { id: newId(), name: 'c0' });
    await tablet.syncs();
    const backup = server.backup();
    const [customerId, leadId] = [newId(), newId()];
    await tablet.taps(openCustomer, { id: customerId, name: 'c1' });
    await tablet.taps(openLead, { id: leadId, customerId });
    await tablet.syncs('none', 'dropped');
    await tablet.taps(say, { id: newId(), leadId, text: 'more' });
    server.restore(backup);
    await tablet.syncs();
    await tablet.syncs();
    expect(Object.values(server.state.receipts).map((one) => `${one.clientSeq} ${one.verb}`)).toEqual([
      '1 openCustomer', '2 openCustomer', '3 openLead', '4 say',
    ]);
    inStep();
    expect(await tablet.engine.outbox.all()).toEqual([]);
  });

  test('without a new tap, too: a verdict on a number that it has not reached is void', async () => {
    await tablet.syncs();
    const backup = server.backup();
    await tablet.taps(openCustomer, { id: newId(), name: 'c1' });
    await tablet.syncs('none', 'dropped');
    server.restore(backup);
    await tablet.syncs();
    await tablet.syncs();
    expect([...server.effects.values()]).toEqual([1]);
    inStep();
  });

  test('one that does not know the store any more is told of it again', async () => {
    const backup = server.backup();
    await tablet.taps(openCustomer, { id: newId(), name: 'c1' });
    await tablet.syncs();
    await tablet.taps(openCustomer, { id: newId(), name: 'c2' });
    server.restore(backup);
    await tablet.syncs();
    expect(server.visibleTo(tablet.personId)['customers']).toBeDefined();
    inStep();
    await tablet.taps(openCustomer, { id: newId(), name: 'c3' });
    await tablet.syncs();
    inStep();
  });

  test('numbers that have run ahead or behind meet again, and known entries are answered from their receipts', async () => {
    const taps = await Promise.all([1, 2, 3].map((n) => tablet.taps(openCustomer, { id: newId(), name: `c${n}` })));
    await tablet.syncs('none', 'none', 'answerLost');
    await tablet.engine.outbox.renumber(7);
    await tablet.syncs();
    await tablet.syncs();
    expect(taps.map((entry) => server.effects.get(entry.clientMutationId))).toEqual([1, 1, 1]);
    expect(await tablet.engine.outbox.all()).toEqual([]);
    await tablet.taps(openCustomer, { id: newId(), name: 'c4' });
    expect(await tablet.syncs()).toBeUndefined();
    inStep();
  });
});

describe('a full disk', () => {
  test('the copy yields: reading goes on in memory', async () => {
    customers(5);
    fillDisk('cache-');
    await tablet.syncs();
    repair();
    inStep();
    customers(2);
    await tablet.syncs();
    inStep();
  });

  test('what cannot be kept is not said to be saved', async () => {
    fillDisk('user-');
    await expect(tablet.taps(openCustomer, { id: newId(), name: 'Ann' })).rejects.toThrow(/full|Quota/);
    repair();
    await tablet.engine.makeRoom();
    expect((await tablet.taps(openCustomer, { id: newId(), name: 'Ann' })).clientSeq).toBe(1);
  });

  test('making room keeps what is in sight', async () => {
    customers(5);
    await tablet.syncs();
    await tablet.engine.makeRoom();
    expect(tablet.engine.visible.all('customers')).toHaveLength(5);
    expect(status.value.quota).toBe(false);
  });
});
