import { beforeEach, describe, expect, test } from 'vitest';

import { newId } from '../ids';
import { defineMutator, defineUpgrade } from './mutator';
import { FakeServer } from './testing/fake_server';
import { freshDisk, Tablet } from './testing/tablet';
import { openCustomer, openLead, say } from './testing/verbs';

let server: FakeServer;
let tablet: Tablet;

beforeEach(async () => {
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

const receipts = (): string[] => Object.values(server.state.receipts).map((receipt) => `${receipt.verb} ${receipt.outcome}`);
const waiting = async (): Promise<string[]> => (await tablet.engine.outbox.all()).map((entry) => entry.verb);
const tray = (): string[] => tablet.engine.tray.value.map((entry) => `${entry.verb} ${entry.problems[0]?.code}`);

async function aLead(): Promise<string> {
  const [customerId, leadId] = [newId(), newId()];
  await tablet.taps(openCustomer, { id: customerId, name: 'Ann' });
  await tablet.taps(openLead, { id: leadId, customerId });
  await tablet.syncs();
  return leadId;
}

describe('the tray', () => {
  test('I4: a refused entry outlives restarts, sign-out and the way back, with all that was typed', async () => {
    const leadId = await aLead();
    await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs();
    await tablet.restart();
    expect(await tablet.leaves()).toBe(1);
    await tablet.comesBack();
    expect(tablet.engine.tray.value).toMatchObject([{ verb: 'say', variables: { leadId, text: 'refuse' }, parked: false }]);
  });

  test('I1: a refusal whose answer was lost comes with the pull', async () => {
    const leadId = await aLead();
    await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs('answerLost');
    expect(tray()).toEqual([]);
    await tablet.restart();
    await tablet.syncs();
    expect(tray()).toEqual(['say BAD_TEXT']);
    expect(await waiting()).toEqual([]);
  });

  test('mended and sent again it is a new entry that names the old one, once', async () => {
    const leadId = await aLead();
    const old = await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs();
    const replaces = old.clientMutationId;
    const mended = { ...old.variables, text: 'better' } as never;
    const [first, second] = await Promise.allSettled([tablet.taps(say, mended, { replaces }), tablet.taps(say, mended, { replaces })]);
    expect([first.status, second.status]).toEqual(['fulfilled', 'rejected']);
    expect(tray()).toEqual([]);
    await tablet.syncs();
    expect(receipts().slice(-2)).toEqual(['say REFUSED', 'say APPLIED']);
    expect(Object.values(server.state.receipts).at(-1)!.body).toContain(`"replacesId":"${replaces}"`);
  });

  test('what replaces a refused entry cannot be undone: it holds all that is left of it', async () => {
    const leadId = await aLead();
    const old = await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs();
    const again = await tablet.taps(say, { id: newId(), leadId, text: 'x' }, { replaces: old.clientMutationId });
    expect(await tablet.engine.undo(again.clientMutationId)).toBe(false);
  });

  test('thrown away by a person, it leaves a record at the server', async () => {
    const leadId = await aLead();
    const old = await tablet.taps(say, { id: newId(), leadId, text: 'refuse' });
    await tablet.syncs();
    await tablet.discards(old.clientMutationId);
    await tablet.restart();
    await tablet.syncs();
    expect(tray()).toEqual([]);
    expect(server.state.audit).toEqual([{ verb: 'discardEntry', of: old.clientMutationId, reason: 'of no use' }]);
  });
});

describe('faults of the server', () => {
  test('an entry that fails once is sent again and nothing overtakes it (I6)', async () => {
    const leadId = await aLead();
    await tablet.taps(say, { id: newId(), leadId, text: 'stumble' });
    await tablet.taps(say, { id: newId(), leadId, text: 'later' });
    expect((await tablet.syncs())?.code).toBe('FAILED');
    expect(receipts()).toHaveLength(2);
    await tablet.syncs();
    expect(receipts().slice(2)).toEqual(['say APPLIED', 'say APPLIED']);
  });

  test('an entry that is always a bug is parked with what builds on it; the rest flows', async () => {
    const leadId = await aLead();
    const [poisoned, customerId] = [newId(), newId()];
    await tablet.taps(say, { id: poisoned, leadId, text: 'poison' });
    await tablet.taps(openLead, { id: newId(), customerId: poisoned });
    await tablet.taps(say, { id: newId(), leadId, text: 'of the same lead' });
    await tablet.taps(openCustomer, { id: customerId, name: 'Bea' });
    for (let n = 0; n < 5; n += 1) await tablet.syncs();
    expect(tray()).toEqual(['say INTERNAL', 'openLead INTERNAL']);
    expect(receipts().slice(2)).toEqual(['skipEntry APPLIED', 'skipEntry APPLIED', 'say APPLIED', 'openCustomer APPLIED']);
    expect(server.state.audit[0]).toMatchObject({ reason: 'PARKED' });
    expect(await waiting()).toEqual([]);
  });

  test('what names an id of an entry before the poison does not depend on the poison', async () => {
    const [customerId, leadId] = [newId(), newId()];
    await tablet.taps(openCustomer, { id: customerId, name: 'Ann' });
    await tablet.taps(openLead, { id: leadId, customerId });
    await tablet.taps(say, { id: newId(), leadId, text: 'poison' });
    await tablet.taps(say, { id: newId(), leadId, text: 'fine' });
    for (let n = 0; n < 6; n += 1) await tablet.syncs();
    expect(tray()).toEqual(['say INTERNAL']);
    expect(receipts().at(-1)).toBe('say APPLIED');
  });

  test('a server that has lost its database parks nothing, however often it is asked', async () => {
    await aLead();
    await tablet.taps(openCustomer, { id: newId(), name: 'Bea' });
    server.broken = true;
    for (let n = 0; n < 12; n += 1) await tablet.syncs('none', 'busy');
    expect(tray()).toEqual([]);
    server.broken = false;
    await tablet.syncs();
    expect(receipts().at(-1)).toBe('openCustomer APPLIED');
  });

  test('a batch is cut by its size as well as by 25, and one entry alone may be large', async () => {
    const most = 1024 * 1024;
    let largest = 0;
    const answer = server.answer.bind(server);
    server.answer = (operation, variables, ...rest) => {
      if (operation === 'Push') largest = Math.max(largest, new TextEncoder().encode(JSON.stringify(variables)).length);
      return answer(operation, variables, ...rest);
    };
    for (let n = 0; n < 20; n += 1) await tablet.taps(openCustomer, { id: newId(), name: '王'.repeat(50_000) });
    await tablet.taps(openCustomer, { id: newId(), name: 'x'.repeat(700 * 1024) });
    await tablet.syncs();
    expect(receipts()).toHaveLength(21);
    expect(largest).toBeLessThan(most);
  });
});

describe('an update of the app', () => {
  const moved = { openCustomer, openLead, say };

  test('entries of an older version are upgraded when they are shown and sent', async () => {
    const id = newId();
    await tablet.engine.add({ verb: 'renamed', version: 1, variables: { id, called: 'Ann' }, me: tablet.personId, showroomId: 'here' });
    defineMutator<{ id: string; name: string }>({ ...moved.openCustomer, name: 'renamed', version: 2 });
    defineUpgrade('renamed', 1, ({ called, ...rest }) => ({ ...rest, name: called }));
    await tablet.restart();
    expect(tablet.engine.visible.get('customers', id)).toMatchObject({ name: 'Ann' });
    let sent: any;
    server.answer = ((answer) => (operation: string, variables: any, ...rest: [string, number]) => {
      if (operation === 'Push') sent = variables.input.entries[0];
      return answer(operation, variables, ...rest);
    })(server.answer.bind(server)) as never;
    await tablet.syncs().catch(() => undefined);
    expect(sent).toMatchObject({ version: 2, verb: { renamed: { id, name: 'Ann' } } });
  });

  test('40 waiting entries survive it; the one of a verb that is gone is parked with what was typed', async () => {
    for (let n = 0; n < 20; n += 1) await tablet.taps(openCustomer, { id: newId(), name: `c${n}` });
    await tablet.engine.add({ verb: 'faxCustomer', version: 1, variables: { id: newId(), text: '传真' }, me: tablet.personId, showroomId: 'here' });
    for (let n = 0; n < 19; n += 1) await tablet.taps(openCustomer, { id: newId(), name: `d${n}` });
    await tablet.restart();
    await tablet.syncs();
    expect(tablet.engine.tray.value).toMatchObject([{ verb: 'faxCustomer', variables: { text: '传真' }, parked: true }]);
    expect(server.state.audit).toMatchObject([{ reason: 'UNKNOWN_VERB' }]);
    expect(receipts().filter((one) => one === 'openCustomer APPLIED')).toHaveLength(39);
    expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });

  test('what the older app had sent is asked for before it is parked: an applied entry is not', async () => {
    const gone = defineMutator<{ id: string; name: string }>({ ...openCustomer, name: 'openCustomer', version: 1 });
    await tablet.syncs();
    const entry = await tablet.taps(gone, { id: newId(), name: 'Ann' });
    await tablet.syncs('answerLost');
    defineMutator({ ...openCustomer, version: 2 });
    await tablet.restart();
    await tablet.syncs();
    defineMutator({ ...openCustomer, version: 1 });
    expect(tray()).toEqual([]);
    expect(server.effects.get(entry.clientMutationId)).toBe(1);
    expect(await waiting()).toEqual([]);
  });
});
