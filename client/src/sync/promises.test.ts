import { beforeEach, describe, expect, test, vi } from 'vitest';

import { newId } from '../ids';
import { UNDO_MS } from './outbox';
import { FakeServer } from './testing/fake_server';
import { freshDisk, killBefore, repair, Tablet } from './testing/tablet';
import { book, openCustomer, openLead, say } from './testing/verbs';

let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

const shown = (of: Tablet, collection: 'customers' | 'leads' | 'touches' | 'testDrives', id: string): any =>
  of.engine.visible.get(collection, id);
const outcomes = (): string[] => Object.values(server.state.receipts).map((receipt) => `${receipt.verb} ${receipt.outcome}`);

/** A customer with a lead, applied and pulled. */
async function aLead(of = tablet): Promise<{ customerId: string; leadId: string }> {
  const [customerId, leadId] = [newId(), newId()];
  await of.taps(openCustomer, { id: customerId, name: 'Ann' });
  await of.taps(openLead, { id: leadId, customerId });
  await of.syncs();
  return { customerId, leadId };
}

describe('what was tapped', () => {
  test('I3: saved means on the disk: it is there after the power fails', async () => {
    const id = newId();
    await tablet.taps(openCustomer, { id, name: 'Ann' });
    await tablet.restart();
    expect(shown(tablet, 'customers', id)).toMatchObject({ name: 'Ann' });
  });

  test('I3: a tap that did not reach the disk is not said to be saved, and uses no number', async () => {
    killBefore(1, tablet);
    await expect(tablet.taps(openCustomer, { id: newId(), name: 'Ann' })).rejects.toThrow();
    repair();
    await tablet.restart();
    const entry = await tablet.taps(openCustomer, { id: newId(), name: 'Bea' });
    expect(entry.clientSeq).toBe(1);
  });

  test('I3: numbers have no gap and follow the order of taps, across two tabs', async () => {
    const other = await tablet.tab();
    const taps = [tablet, other, other, tablet].map((tab) => tab.taps(openCustomer, { id: newId(), name: 'x' }));
    expect((await Promise.all(taps)).map((entry) => entry.clientSeq)).toEqual([1, 2, 3, 4]);
  });

  test('I3: the draft goes in the transaction that keeps the entry', async () => {
    await tablet.engine.database.drafts.put({ key: 'new', value: 'typed', at: 0 });
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' }, { draft: 'new' });
    expect(await tablet.engine.database.drafts.count()).toBe(0);
  });

  test('I1 I2: lost requests, lost answers, double deliveries and cuts: each takes effect once', async () => {
    for (let n = 0; n < 30; n += 1) await tablet.taps(openCustomer, { id: newId(), name: `c${n}` });
    for (const fault of ['dropped', 'busy', 'portal', 'noise'] as const) await tablet.syncs(fault);
    await tablet.syncs('none', 'none', 'cut 7');
    await tablet.syncs('answerLost');
    await tablet.restart();
    await tablet.syncs('none', 'twice', 'twice', 'answerLost');
    await tablet.syncs();
    expect([...server.effects.values()]).toEqual(Array.from({ length: 30 }, () => 1));
    expect(await tablet.engine.outbox.all()).toEqual([]);
    expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test('I4: 401, 403 and unknown errors pause the queue and remove nothing', async () => {
    await tablet.syncs();
    await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    for (const fault of ['signedOut', 'noise', 'portal', 'busy'] as const) {
      for (let n = 0; n < 6; n += 1) expect(await tablet.syncs(fault)).toBeDefined();
    }
    expect((await tablet.syncs('forbidden', 'forbidden'))?.failure).toBe('forbidden');
    expect((await tablet.engine.outbox.all()).map((entry) => entry.verb)).toEqual(['openCustomer']);
    await tablet.syncs();
    expect(outcomes()).toEqual(['openCustomer APPLIED']);
  });

  test('I6: a refusal does not hold the others; what depends on it is refused with its cause (I7)', async () => {
    const { leadId } = await aLead();
    await tablet.taps(say, { id: newId(), leadId: newId(), text: 'of nobody' });
    await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.taps(say, { id: newId(), leadId, text: 'hello' });
    await tablet.syncs();
    expect(outcomes().slice(2)).toEqual(['say REFUSED', 'say REFUSED', 'say APPLIED']);
    expect(tablet.engine.tray.value.map((entry) => entry.problems[0]!.code)).toEqual(['NOT_FOUND', 'BAD_TEXT']);
    expect(tablet.engine.tray.value[1]!.variables['text']).toBe('refuse');
  });

  test('I7: an entry that builds on a refused creation says which', async () => {
    const [customerId, leadId] = [newId(), newId()];
    const cause = await tablet.taps(openLead, { id: leadId, customerId });
    await tablet.taps(say, { id: newId(), leadId, text: 'hello' });
    await tablet.syncs();
    const later = tablet.engine.tray.value.find((entry) => entry.verb === 'say')!;
    expect(later.problems[0]).toMatchObject({ code: 'DEPENDS_ON_REFUSED', details: { causedBy: cause.clientMutationId } });
  });

  test('I8: after a merge, entries that name the old id reach the new one', async () => {
    const [known, mine, leadId] = [newId(), newId(), newId()];
    server.write('customers', { id: known, name: 'Ann', phone: '+4955', ownerId: null });
    await tablet.taps(openCustomer, { id: mine, name: 'Anna', phone: '+4955' });
    await tablet.taps(openLead, { id: leadId, customerId: mine });
    await tablet.syncs();
    expect(shown(tablet, 'leads', leadId).customerId).toBe(known);
    expect(shown(tablet, 'customers', mine)).toBeUndefined();
    expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test('I16: the own row is in sight at every moment from the tap to its settlement', async () => {
    const id = newId();
    await tablet.syncs();
    await tablet.taps(openCustomer, { id, name: 'Ann' });
    const seen = new Set<boolean>();
    const stop = watchEvery(() => seen.add(shown(tablet, 'customers', id) !== undefined));
    await tablet.syncs('answerLost');
    await tablet.syncs('none', 'answerLost');
    await tablet.syncs();
    stop();
    expect([...seen]).toEqual([true]);
    expect(await tablet.engine.outbox.all()).toEqual([]);
  });

  test('I16: a tap during a pull does not vanish when the pull ends', async () => {
    await tablet.syncs();
    server.write('customers', { id: newId(), name: 'Zed', phone: null, ownerId: null });
    const ids = Array.from({ length: 8 }, newId);
    const seen = new Set<boolean>();
    const running = tablet.syncs();
    for (const [n, id] of ids.entries()) {
      await tablet.taps(openCustomer, { id, name: `c${n}` });
      for (const each of ids.slice(0, n + 1)) seen.add(shown(tablet, 'customers', each) !== undefined);
    }
    await running;
    await tablet.syncs();
    expect([...seen]).toEqual([true]);
    expect(ids.every((id) => shown(tablet, 'customers', id))).toBe(true);
  });

  test('I17: a booking waits until its verdict, and is gone when another was first', async () => {
    const rival = await Tablet.opened(server);
    const [mine, theirs] = [newId(), newId()];
    await tablet.taps(book, { id: mine, slot: '11:00' });
    expect(tablet.engine.visible.isWaiting(mine)).toBe(true);
    await rival.taps(book, { id: theirs, slot: '11:00' });
    await rival.syncs();
    expect(rival.engine.visible.isWaiting(theirs)).toBe(false);
    expect(tablet.engine.visible.isWaiting(mine)).toBe(true);
    await tablet.syncs();
    expect(shown(tablet, 'testDrives', mine)).toBeUndefined();
    expect(tablet.engine.tray.value).toMatchObject([{ variables: { slot: '11:00' }, problems: [{ code: 'SLOT_TAKEN' }] }]);
  });

  test('only what waiting entries make or change is waiting, not what they name', async () => {
    const { customerId, leadId } = await aLead();
    const id = newId();
    await tablet.taps(say, { id, leadId, text: 'hello' });
    await tablet.taps(openLead, { id: newId(), customerId });
    const { visible } = tablet.engine;
    expect([id, leadId, customerId].map((one) => visible.isWaiting(one))).toEqual([true, true, false]);
  });
});

describe('undo', () => {
  test('a held entry is not sent, nor what follows it, and may be taken back with a trace', async () => {
    const entry = await tablet.taps(openCustomer, { id: newId(), name: 'Ann' }, { hold: true });
    await tablet.taps(openCustomer, { id: newId(), name: 'Bea' });
    await tablet.syncs();
    expect(outcomes()).toEqual([]);
    expect(await tablet.engine.undo(entry.clientMutationId)).toBe(true);
    expect(await tablet.engine.undo(entry.clientMutationId)).toBe(false);
    await tablet.syncs();
    expect(outcomes()).toEqual(['skipEntry APPLIED', 'openCustomer APPLIED']);
    expect(server.state.audit).toEqual([{ verb: 'skipEntry', of: entry.clientMutationId, reason: 'UNDONE' }]);
  });

  test('what was sent cannot be undone, although no answer came', async () => {
    const entry = await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
    await tablet.syncs('none', 'none', 'answerLost');
    expect(await tablet.engine.undo(entry.clientMutationId)).toBe(false);
  });

  test('a held entry is sent when its time is over, and also when the clock was set back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await tablet.taps(openCustomer, { id: newId(), name: 'Ann' }, { hold: true });
      expect(await tablet.engine.outbox.dueIn()).toBe(UNDO_MS);
      vi.setSystemTime(Date.now() + UNDO_MS);
      expect(await tablet.engine.outbox.take(25)).toHaveLength(1);
      await tablet.taps(openCustomer, { id: newId(), name: 'Bea' }, { hold: true });
      vi.setSystemTime(Date.now() - 86_400_000);
      expect(await tablet.engine.outbox.take(25)).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  test('one whose time came while another was being sent is not left until the next poll', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      await tablet.taps(openCustomer, { id: newId(), name: 'Ann' });
      await tablet.taps(openCustomer, { id: newId(), name: 'Bea' }, { hold: true });
      await tablet.syncs();
      expect(await tablet.engine.outbox.dueIn()).toBe(UNDO_MS);
      vi.setSystemTime(Date.now() + UNDO_MS);
      expect(await tablet.engine.outbox.dueIn()).toBe(0);
      await tablet.syncs();
      expect(await tablet.engine.outbox.dueIn()).toBeUndefined();
    } finally {
      vi.useRealTimers();
    }
  });
});

/** Looks again after each micro- and macrotask that others leave. */
function watchEvery(look: () => void): () => void {
  let on = true;
  const again = (): void => {
    if (!on) return;
    look();
    setTimeout(again);
  };
  again();
  return () => {
    on = false;
  };
}
