import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '../ids';
import { Engine } from './engine';
import { unsentOf } from './leaving';
import { FakeServer } from './testing/fake_server';
import { freshDisk, killBefore, repair, Tablet } from './testing/tablet';
import { openCustomer, openLead, say } from './testing/verbs';

let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

/** What one tab has told, the others have heard: however busy the machine is. */
async function quiet(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  for (const tab of [tablet, ...tablet.others]) await (tab.engine as unknown as { hearing: Promise<void> }).hearing;
}
const seen = (of: Tablet): unknown => of.engine.visible.all('customers').map((one) => one.name).sort();

describe('two tabs of one person', () => {
  test('what one taps and what one hears is seen in the other', async () => {
    const other = await tablet.tab();
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    await quiet();
    expect(seen(other)).toEqual(['Ann']);
    server.write('customers', { id: newId(), name: 'Bea', phone: null, ownerId: null });
    await tablet.syncs();
    await quiet();
    expect(seen(other)).toEqual(['Ann', 'Bea']);
    expect(other.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test('both sending at once, since the lock was lost, changes nothing: each takes effect once', async () => {
    const other = await tablet.tab();
    for (let n = 0; n < 40; n += 1) await (n % 2 ? tablet : other).taps(openCustomer, { id: newId(), name: `c${n}` });
    await Promise.all([tablet.syncs('none', 'none', 'twice'), other.syncs('none', 'none', 'answerLost')]);
    await Promise.all([tablet.syncs(), other.syncs()]);
    await quiet();
    await tablet.syncs();
    await other.syncs();
    expect([...server.effects.values()]).toEqual(Array.from({ length: 40 }, () => 1));
    expect(await tablet.engine.outbox.all()).toEqual([]);
    for (const tab of [tablet, other]) expect(tab.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test.each([13, 14, 15, 16, 17, 18])('I16: the sending tab is killed before its %ith write: in the other the own row stays in sight', async (nth) => {
    const other = await tablet.tab();
    await other.syncs();
    const id = newId();
    await other.taps(openCustomer, { id, name: 'Ann' });
    killBefore(nth, tablet);
    await tablet.syncs().catch(() => undefined);
    repair();
    await tablet.restart();
    await tablet.taps(openCustomer, { id: newId(), name: 'Bea' });
    await quiet();
    expect(seen(other)).toEqual(['Ann', 'Bea']);
  });

  test('a tab opened while another reads for the first time sees all in the end, and may take over', async () => {
    server.page = 1;
    for (let n = 0; n < 6; n += 1) server.write('customers', { id: newId(), name: `c${n}`, phone: null, ownerId: null });
    await tablet.syncs('none', 'none', 'none', 'none', 'dropped');
    const other = await tablet.tab();
    await tablet.syncs('none', 'dropped');
    await other.syncs();
    await quiet();
    expect(other.engine.state()).toEqual(server.visibleTo(tablet.personId));
    await other.restart();
    expect(other.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test('one that slept through what another stored reads it from the disk', async () => {
    await tablet.syncs();
    const other = await tablet.tab();
    tablet.others = [];
    other.others = [];
    for (let n = 0; n < 5; n += 1) {
      server.write('customers', { id: newId(), name: `c${n}`, phone: null, ownerId: null });
      await tablet.syncs();
    }
    await other.syncs();
    expect(other.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });
});

describe('several people on one tablet', () => {
  test('A signs out with unsent work, B works, A returns: each has their own, and all of A arrives', async () => {
    await tablet.syncs();
    for (let n = 0; n < 5; n += 1) await tablet.taps(openCustomer, { id: newId(), name: `a${n}` });
    expect(await tablet.leaves()).toBe(5);
    expect(await unsentOf(tablet.personId)).toBe(5);
    const bea = await Tablet.opened(server);
    expect(seen(bea)).toEqual([]);
    await bea.taps(openCustomer, { id: newId(), name: 'b' });
    await bea.syncs();
    expect(seen(bea)).toEqual(['b']);
    await tablet.comesBack();
    expect(seen(tablet)).toEqual(['a0', 'a1', 'a2', 'a3', 'a4']);
    await tablet.syncs();
    expect(server.effects.size).toBe(6);
  });

  test('who left with nothing unsent finds the same store again: numbers go on, nothing counts as lost', async () => {
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    await tablet.syncs();
    const { storeId } = tablet.engine;
    expect(await tablet.leaves()).toBe(0);
    await tablet.comesBack();
    expect(tablet.engine.state()).toEqual({});
    expect(tablet.engine.storeId).toBe(storeId);
    expect((await tablet.taps(openCustomer, { id: newId(), name: 'Bea' })).clientSeq).toBe(2);
    await tablet.syncs();
    expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test('half-filled forms stay, too, and are counted', async () => {
    await tablet.engine.database.drafts.put({ key: 'visit', value: { name: '王' }, at: 0 });
    expect(await tablet.leaves()).toBe(1);
    await tablet.comesBack();
    expect(await tablet.engine.database.drafts.get('visit')).toMatchObject({ value: { name: '王' } });
  });

  test("a colleague's cookie registers and sends nothing of mine", async () => {
    tablet.cookie = newId();
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    expect((await tablet.syncs())?.code).toBe('ANOTHER_PERSON');
    expect(server.state.stores).toEqual({});
    tablet.cookie = tablet.personId;
    expect(await tablet.syncs()).toBeUndefined();
    tablet.cookie = newId();
    await tablet.taps(openCustomer, { id: newId(), name: 'Bea' });
    expect((await tablet.syncs())?.failure).toBe('forbidden');
    expect((await tablet.engine.outbox.all()).map((entry) => entry.variables['name'])).toEqual(['Bea']);
  });

  test('leaving in the middle of a cycle writes nothing afterwards', async () => {
    for (let n = 0; n < 20; n += 1) server.write('customers', { id: newId(), name: `c${n}`, phone: null, ownerId: null });
    const running = tablet.syncs();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await tablet.leaves();
    expect(await running).toBeDefined();
    const names = (await indexedDatabases()).filter((name) => name.startsWith('cache-'));
    expect(names).toEqual([]);
  });

  test('a barred tablet forgets every customer and keeps what was typed', async () => {
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    await tablet.syncs();
    const leadId = newId();
    await tablet.taps(openLead, { id: leadId, customerId: newId() });
    await tablet.taps(say, { id: newId(), leadId, text: 'hello' });
    await (tablet.engine as Engine).forgetTruth();
    expect(tablet.engine.state()).toEqual({});
    expect(await tablet.engine.outbox.all()).toHaveLength(2);
  });
});

async function indexedDatabases(): Promise<string[]> {
  const { default: Dexie } = await import('dexie');
  return Dexie.getDatabaseNames();
}
