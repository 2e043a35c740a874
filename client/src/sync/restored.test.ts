import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '../ids';
import { keep } from './receipts';
import { status } from './status';
import { FakeServer } from './testing/fake_server';
import { freshDisk, killBefore, repair, Tablet } from './testing/tablet';
import { book, openCustomer, openLead, say } from './testing/verbs';

// The server comes back from a backup: what it had processed since then is on the tablets alone.

let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

const processed = (): string[] => Object.values(server.state.receipts).map((one) => `${one.clientSeq} ${one.verb} ${one.outcome}`);
const kept = (of = tablet): Promise<number> => of.engine.database.receipts.count();

/** A customer, their lead, something said: three entries that build on each other, settled. */
async function aMorning(): Promise<{ customerId: string; leadId: string }> {
  const [customerId, leadId] = [newId(), newId()];
  await tablet.taps(openCustomer, { id: customerId, name: 'Ann' });
  await tablet.taps(openLead, { id: leadId, customerId });
  await tablet.taps(say, { id: newId(), leadId, text: 'hello' });
  await tablet.syncs();
  expect(await tablet.engine.outbox.all()).toEqual([]);
  return { customerId, leadId };
}

async function inStep(): Promise<void> {
  expect(await tablet.engine.outbox.all()).toEqual([]);
  expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
  await tablet.restart();
  expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
}

describe('a server restored from a backup', () => {
  test('I1: what was settled and is lost with the server is sent again, once, in its order, and the person is told', async () => {
    await tablet.taps(openCustomer, { id: newId(), name: 'before' });
    await tablet.syncs();
    const backup = server.backup();
    await aMorning();
    server.restore(backup);
    await tablet.syncs();
    expect(processed()).toEqual(['1 openCustomer APPLIED', '2 openCustomer APPLIED', '3 openLead APPLIED', '4 say APPLIED']);
    expect([...server.effects.values()]).toEqual([1, 1, 1, 1]);
    expect(status.value.resent).toEqual({ count: 3, missingUntil: null });
    await inStep();
    expect(status.value.resent).toMatchObject({ count: 3 });
    await tablet.engine.acknowledge('resent');
    await tablet.restart();
    expect(status.value.resent).toBeNull();
    expect(await kept()).toBe(4);
  });

  test('what waits goes after what it builds on, although its number would fit', async () => {
    const backup = server.backup();
    const { leadId } = await aMorning();
    await tablet.taps(say, { id: newId(), leadId, text: 'later' });
    server.restore(backup);
    await tablet.syncs();
    await tablet.syncs();
    expect(processed().map((one) => one.split(' ').slice(1).join(' '))).toEqual([
      'openCustomer APPLIED', 'openLead APPLIED', 'say APPLIED', 'say APPLIED',
    ]);
    expect(tablet.engine.tray.value).toEqual([]);
    await inStep();
  });

  test('one that does not know the store any more is told of it, under the same name', async () => {
    const backup = server.backup();
    await aMorning();
    await tablet.restart();
    server.restore(backup);
    await tablet.syncs();
    await tablet.syncs();
    expect(Object.keys(server.state.stores)).toEqual([tablet.engine.storeId]);
    expect(processed()).toHaveLength(3);
    await inStep();
  });

  test('it is noticed without a cursor of another epoch, too: by the count alone', async () => {
    await tablet.syncs();
    const backup = server.backup();
    await aMorning();
    server.restore(backup);
    server.epoch -= 1;
    for (let n = 0; n < 12; n += 1) server.write('customers', { id: newId(), name: `${n}`, phone: null, ownerId: null });
    await tablet.syncs();
    await tablet.syncs();
    expect(processed()).toHaveLength(3);
    await inStep();
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18])('I13: killed before the %ith write of it, it goes on from there', async (nth) => {
    const backup = server.backup();
    await aMorning();
    server.restore(backup);
    killBefore(nth, tablet);
    await tablet.syncs();
    repair();
    await tablet.restart();
    await tablet.syncs();
    await tablet.syncs();
    expect(processed()).toHaveLength(3);
    expect([...server.effects.values()]).toEqual([1, 1, 1]);
    await inStep();
  });

  test('lost answers on the way, and a restore in the middle of it: each takes effect once', async () => {
    const backup = server.backup();
    await aMorning();
    server.restore(backup);
    await tablet.syncs('none', 'none', 'none', 'none', 'none', 'answerLost');
    const between = server.backup();
    await tablet.syncs();
    server.restore(backup);
    await tablet.syncs('none', 'none', 'dropped');
    server.restore(between);
    for (let n = 0; n < 3; n += 1) await tablet.syncs();
    expect(processed()).toEqual(['1 openCustomer APPLIED', '2 openLead APPLIED', '3 say APPLIED']);
    await inStep();
  });

  test('of another line of its history: what it knows is not sent, whatever its number was', async () => {
    const early = server.backup();
    await aMorning();
    const late = server.backup();
    server.restore(early);
    await tablet.taps(openCustomer, { id: newId(), name: 'of the second line' });
    for (let n = 0; n < 3; n += 1) await tablet.syncs();
    server.restore(late);
    for (let n = 0; n < 3; n += 1) await tablet.syncs();
    expect(processed().map((one) => one.slice(2))).toEqual(['openCustomer APPLIED', 'openLead APPLIED', 'say APPLIED', 'openCustomer APPLIED']);
    await inStep();
  });

  test('what somebody else took meanwhile is refused, and needs the person', async () => {
    const backup = server.backup();
    await tablet.taps(book, { id: newId(), slot: '11:00' });
    await tablet.syncs();
    server.restore(backup);
    const rival = await Tablet.opened(server);
    await rival.taps(book, { id: newId(), slot: '11:00' });
    await rival.syncs();
    await tablet.syncs();
    await tablet.syncs();
    expect(tablet.engine.tray.value).toMatchObject([{ variables: { slot: '11:00' }, problems: [{ code: 'SLOT_TAKEN' }] }]);
    await inStep();
  });

  test('what was refused waits in the tray already, and what a person undid or threw away does not come back', async () => {
    const backup = server.backup();
    const { leadId } = await aMorning();
    const undone = await tablet.taps(openCustomer, { id: newId(), name: 'no' }, { hold: true });
    await tablet.engine.undo(undone.clientMutationId);
    for (let n = 0; n < 2; n += 1) await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs();
    await tablet.discards(tablet.engine.tray.value[0]!.clientMutationId);
    await tablet.syncs();
    server.restore(backup);
    await tablet.syncs();
    await tablet.syncs();
    expect(processed()).toEqual(['1 openCustomer APPLIED', '2 openLead APPLIED', '3 say APPLIED', '4 discardEntry APPLIED']);
    expect(tablet.engine.tray.value).toHaveLength(1);
    await inStep();
  });
});

describe('receipts on the tablet', () => {
  test('are bounded, and where they begin later than what the server lost, that is given up aloud', async () => {
    await tablet.syncs();
    const backup = server.backup();
    await aMorning();
    const { database } = tablet.engine;
    await database.transaction('rw', database.receipts, database.meta, () => keep(database, [{ ...tablet.acknowledged[2]! }], 2));
    expect(await kept()).toBeLessThan(3);
    server.restore(backup);
    await tablet.taps(openCustomer, { id: newId(), name: 'new' });
    for (let n = 0; n < 3; n += 1) await tablet.syncs();
    expect(processed()[0]).toBe('1 skipEntry APPLIED');
    expect(server.state.audit).toMatchObject([{ verb: 'skipEntry', reason: 'LOST_BY_SERVER' }]);
    expect(status.value.resent?.missingUntil).toBe(tablet.acknowledged[0]!.at);
    expect(processed().at(-1)).toMatch(/openCustomer APPLIED$/);
    await tablet.engine.acknowledge('resent');
  });

  test('go with the person who leaves the tablet, who is told when the server has lost what they did', async () => {
    const backup = server.backup();
    await aMorning();
    await tablet.leaves();
    await tablet.comesBack();
    expect(await kept()).toBe(0);
    server.restore(backup);
    await tablet.syncs();
    expect(status.value.resent).toEqual({ count: 0, missingUntil: tablet.acknowledged[2]!.at });
    await inStep();
  });

  test('older than a month are let go', async () => {
    await aMorning();
    const { database } = tablet.engine;
    await database.receipts.toCollection().modify({ settledAt: Date.now() - 31 * 86_400_000 });
    await tablet.taps(openCustomer, { id: newId(), name: 'new' });
    await tablet.syncs();
    expect(await kept()).toBe(1);
  });
});
