// @vitest-environment happy-dom
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { newId } from '../ids';
import { draft } from '../sync/drafts';
import { status } from '../sync/status';
import { add, closeStore, discard, kick, sendAgain, store, tray } from '../sync/store';
import { updateMySettings } from '../settings/mutators';
import { FakeServer } from '../sync/testing/fake_server';
import { openCustomer, openLead, say } from '../sync/testing/verbs';
import * as device from './device';
import { farewell } from './expulsion';
import { colleagues, lock, me, resume, session, setMine, setPin, signIn, signOut, unlock } from './session';

vi.mock('graphql-ws', () => ({ createClient: () => ({ subscribe: () => () => undefined, dispose: () => undefined }) }));

const SHOWROOM = newId();
let server: FakeServer;
/** Who signs in with this e-mail; whose cookie the browser has; whether the network is there. */
let people: Record<string, string>;
let cookie = '';
let online = true;
let forbidden = false;

beforeEach(() => {
  server = new FakeServer();
  people = { 'ann@x': newId(), 'bea@x': newId() };
  [cookie, online, forbidden] = ['', true, false];
  vi.stubGlobal('fetch', (_path: string, init: { body: string }) => answer(JSON.parse(init.body)));
});

afterEach(async () => {
  online = true;
  if (me.value) await signOut();
  farewell.value = null;
  await closeStore();
  for (const one of await device.people()) await device.forget(one.personId);
  vi.unstubAllGlobals();
});

async function answer({ query, variables }: { query: string; variables: Record<string, any> }): Promise<Response> {
  if (!online) throw new TypeError('Failed to fetch');
  const operation = /(?:query|mutation) (\w+)/.exec(query)![1]!;
  if (operation === 'SignIn') {
    cookie = people[variables['email']] ?? '';
    return json({ signIn: { person: { uuid: cookie }, problems: cookie ? [] : [{ code: 'WRONG', message: '' }] } });
  }
  if (operation === 'SignOut') {
    cookie = '';
    return json({ signOut: { signedOut: true } });
  }
  if (operation === 'Standing' || operation === 'HandOver') return json(server.answer(operation, structuredClone(variables), cookie) as object);
  if (!cookie || server.left.has(cookie)) return fault('UNAUTHENTICATED', 401);
  if (operation === 'Viewer') return json({ viewer: viewer(cookie) });
  try {
    if (forbidden) return fault('FORBIDDEN', 403);
    return json(server.answer(operation, structuredClone(variables), cookie) as object);
  } catch (error) {
    return fault((error as { told: string }).told, 403);
  }
}

const json = (data: object): Response => new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
const fault = (code: string, status: number): Response =>
  new Response(JSON.stringify({ errors: [{ message: code, extensions: { code } }] }), { status, headers: { 'content-type': 'application/json' } });

const viewer = (uuid: string): object => ({
  person: { uuid, name: uuid, email: '', language: 'en', theme: 'SYSTEM' },
  homeShowroomId: SHOWROOM,
  roles: [{ showroomId: SHOWROOM, role: 'SALESPERSON' }],
  showrooms: [{ uuid: SHOWROOM, name: 'Harbour', timeZone: 'UTC', currency: 'USD', languages: [], policies: {} }],
});

const until = (met: () => boolean): Promise<void> => vi.waitFor(() => expect(met()).toBe(true), { timeout: 3_000 });
const receipts = (): string[] => Object.values(server.state.receipts).map((one) => `${one.verb} ${one.outcome}`);

describe('a person on this tablet', () => {
  test('signs in, taps, and it arrives', async () => {
    expect((await signIn('ann@x', 'right')).problems).toEqual([]);
    expect(session.value.state).toBe('open');
    const id = newId();
    await add(openCustomer, { id, name: 'Ann' });
    expect(store.isWaiting(id)).toBe(true);
    await until(() => !store.isWaiting(id) && status.value.waiting === 0);
    expect(store.get('customers', id)).toMatchObject({ name: 'Ann' });
    expect(Object.values(server.state.receipts)[0]!.body).toContain(`"showroomId":"${SHOWROOM}"`);
  });

  test('a language that was chosen and not sent yet is not taken back by what the server still says', async () => {
    const id = people['ann@x']!;
    server.write('people', { id, name: 'Ann', language: 'en' });
    await signIn('ann@x', 'right');
    await until(() => store.get('people', id) !== undefined);
    forbidden = true;
    await setMine({ language: 'zh-CN' });
    await add(updateMySettings, { language: 'zh-CN' });
    await closeStore();
    const named = vi.spyOn(device, 'remember');
    await resume();
    await vi.waitFor(() => expect(named).toHaveBeenCalled());
    expect(named.mock.lastCall![0]).toMatchObject({ personId: id, language: 'zh-CN' });
    named.mockRestore();
  });

  test('a failure that many have asked for is one: the pause does not grow with the number of taps', async () => {
    await signIn('ann@x', 'right');
    await until(() => status.value.lastSyncedAt !== null);
    online = false;
    const timers = vi.spyOn(globalThis, 'setTimeout');
    for (let times = 0; times < 5; times += 1) kick();
    await until(() => !status.value.online);
    const pauses = timers.mock.calls.map(([, ms]) => ms ?? 0).filter((ms) => ms >= 1_000 && ms < 30_000);
    timers.mockRestore();
    expect(pauses).toHaveLength(1);
    expect(pauses[0]).toBeLessThanOrEqual(2_000);
  });

  test('with no network everything is there after a reload, and says so', async () => {
    await signIn('ann@x', 'right');
    await until(() => status.value.lastSyncedAt !== null);
    online = false;
    const id = newId();
    await add(openCustomer, { id, name: 'Ann' });
    await until(() => !status.value.online);
    await closeStore();
    await resume();
    expect(session.value.state).toBe('open');
    expect(store.get('customers', id)).toMatchObject({ name: 'Ann' });
    expect(status.value.waiting).toBe(1);
    online = true;
    kick();
    await until(() => status.value.waiting === 0 && status.value.online);
  });

  test('leaves with unsent work: it stays, is counted for the next, and arrives when they return', async () => {
    await signIn('ann@x', 'right');
    online = false;
    await add(openCustomer, { id: newId(), name: 'a' });
    const leaving = signOut();
    expect((await leaving).unsent).toBe(1);
    expect(me.value).toBeNull();
    online = true;
    await signIn('bea@x', 'right');
    await vi.waitFor(() => expect(server.state.stores).not.toEqual({}));
    expect(store.all('customers')).toEqual([]);
    await resume();
    expect(colleagues.value.map((one) => one.unsent)).toEqual([1]);
    await signOut();
    await signIn('ann@x', 'right');
    await until(() => status.value.waiting === 0);
    expect(receipts()).toEqual(['openCustomer APPLIED']);
  }, 15_000);

  test('a sign-out that the server could not hear is made good before the next person', async () => {
    await signIn('ann@x', 'right');
    online = false;
    await signOut();
    expect(cookie).not.toBe('');
    online = true;
    await resume();
    await until(() => cookie === '');
  }, 15_000);

  test('when the lease is over nothing is opened, and what was typed waits', async () => {
    await signIn('ann@x', 'right');
    online = false;
    await add(openCustomer, { id: newId(), name: 'a' });
    await closeStore();
    await device.change(people['ann@x']!, { leaseEndsAt: Date.now() - 1 });
    await resume();
    expect(session.value).toEqual({ state: 'signedOut', reason: 'LEASE_ENDED' });
    expect(store.all('customers')).toEqual([]);
    online = true;
    await signIn('ann@x', 'right');
    await until(() => receipts().length === 1);
  });

  test('locks with a PIN, and opens with it alone', async () => {
    await signIn('ann@x', 'right');
    await setPin('2468');
    await lock();
    expect([session.value.state, store.all('customers').length]).toEqual(['locked', 0]);
    expect(await unlock('1357')).toBe(false);
    expect(await unlock('2468')).toBe(true);
    expect(session.value.state).toBe('open');
  });

  test("a colleague's cookie pauses the queue and forgets nothing", async () => {
    await signIn('ann@x', 'right');
    const id = newId();
    await add(openCustomer, { id, name: 'a' });
    await until(() => status.value.waiting === 0);
    cookie = people['bea@x']!;
    await add(openLead, { id: newId(), customerId: id });
    await until(() => status.value.signInNeeded);
    expect(store.get('customers', id)).toBeDefined();
    expect([session.value.state, status.value.waiting]).toEqual(['open', 1]);
  });

  test('the browser is asked to keep the store before anything can be tapped, and how much waits is said', async () => {
    const asked: string[] = [];
    const storage = { persisted: () => (asked.push('persisted'), Promise.resolve(false)), persist: () => (asked.push('persist'), Promise.resolve(true)) };
    Object.defineProperty(navigator, 'storage', { value: storage, configurable: true });
    await signIn('ann@x', 'right');
    expect(asked[0]).toBe('persisted');
    await until(() => status.value.storage === 'persistent');
    expect(asked).toEqual(['persisted', 'persist']);
    Reflect.deleteProperty(navigator, 'storage');
    online = false;
    for (let n = 0; n < 3; n += 1) await add(openCustomer, { id: newId(), name: 'a' });
    expect(status.value.waiting).toBe(3);
  });

  test('a token that expired in the tunnel asks to sign in, and the same store goes on', async () => {
    await signIn('ann@x', 'right');
    await until(() => status.value.lastSyncedAt !== null);
    cookie = '';
    await add(openCustomer, { id: newId(), name: 'a' });
    await until(() => status.value.signInNeeded);
    await signIn('ann@x', 'right');
    await until(() => receipts().length === 1);
    expect(Object.keys(server.state.stores)).toHaveLength(1);
  });

  test('403 from a server that says nothing of an expulsion removes nothing', async () => {
    await signIn('ann@x', 'right');
    const id = newId();
    await add(openCustomer, { id, name: 'a' });
    await until(() => status.value.waiting === 0);
    forbidden = true;
    await add(say, { id: newId(), leadId: newId(), text: 'typed' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(store.get('customers', id)).toBeDefined();
    expect([session.value.state, status.value.waiting]).toEqual(['open', 1]);
  });
});

describe('somebody who may not go on here', () => {
  const databases = async (): Promise<string[]> => (await Dexie.getDatabaseNames()).filter((name) => name.includes(people['ann@x']!));

  /** Ann has a customer, one entry that waits, one that was refused, and a half-filled form. */
  async function atWork(): Promise<{ waiting: string; refused: string }> {
    await signIn('ann@x', 'right');
    const [id, leadId] = [newId(), newId()];
    await add(openCustomer, { id, name: 'a' });
    await add(openLead, { id: leadId, customerId: id });
    await add(say, { id: newId(), leadId, text: 'refuse' });
    await until(() => status.value.waiting === 0 && tray.value.length === 1);
    const refused = tray.value[0]!.clientMutationId;
    online = false;
    const { clientMutationId: waiting } = await add(say, { id: newId(), leadId, text: '王 \u0000' });
    draft('visit', '').value = 'half';
    await until(() => !status.value.online);
    return { waiting, refused };
  }

  test('deactivated while offline: their work goes to the manager as it was typed, nothing of customers stays, and they are told', async () => {
    const { waiting, refused } = await atWork();
    server.left.add(people['ann@x']!);
    online = true;
    kick();
    await until(() => farewell.value !== null);
    expect(session.value).toEqual({ state: 'signedOut', reason: 'LEFT' });
    expect(farewell.value).toEqual({ why: 'LEFT', handed: 3, waits: 0 });
    expect(server.handed.map((one) => `${one.kind} ${one.verb} ${one.entryId}`).slice(0, 2)).toEqual([`WAITING say ${waiting}`, `REFUSED say ${refused}`]);
    expect(JSON.parse(server.handed[0]!.content)).toMatchObject({ variables: { text: '王 \u0000' }, showroomId: SHOWROOM });
    expect(JSON.parse(server.handed[2]!.content)).toEqual({ variables: { value: 'half' } });
    expect(receipts()).toHaveLength(3);
    expect([await databases(), await device.people()]).toEqual([[], []]);
  });

  test('a tablet that a manager barred is wiped at its next contact; a new sign-in begins with a store of its own', async () => {
    await atWork();
    Object.values(server.state.stores)[0]!.revoked = true;
    online = true;
    kick();
    await until(() => farewell.value !== null);
    expect(farewell.value).toEqual({ why: 'REVOKED', handed: 3, waits: 0 });
    expect(await databases()).toEqual([]);
    await signIn('ann@x', 'right');
    await until(() => Object.keys(server.state.stores).length === 2 && status.value.lastSyncedAt !== null);
    expect([farewell.value, status.value.waiting]).toEqual([null, 0]);
  });

  test('while the server cannot take it, it waits here, locked; customers are gone already', async () => {
    await atWork();
    server.left.add(people['ann@x']!);
    const answering = server.answer.bind(server);
    let takes = 0;
    server.answer = (operation, ...rest) => {
      if (operation === 'HandOver' && (takes += 1) === 1) throw Object.assign(new Error(), { told: 'BUSY' });
      return answering(operation, ...rest);
    };
    online = true;
    kick();
    await until(() => farewell.value !== null);
    expect(farewell.value).toEqual({ why: 'LEFT', handed: 0, waits: 3 });
    expect((await databases()).map((name) => name.split('-')[0])).toEqual(['user']);
    expect(await unlock('2468')).toBe(false);
    await resume();
    await until(() => farewell.value?.handed === 3);
    expect([server.handed.length, await databases()]).toEqual([3, []]);
  });

  test('after days offline, when the lease has ended too: at the next start with a network, with nobody signed in', async () => {
    await atWork();
    await closeStore();
    await device.change(people['ann@x']!, { leaseEndsAt: Date.now() - 1 });
    server.left.add(people['ann@x']!);
    await resume();
    expect(session.value).toEqual({ state: 'signedOut', reason: 'LEASE_ENDED' });
    online = true;
    await resume();
    await until(() => farewell.value !== null);
    expect(farewell.value).toEqual({ why: 'LEFT', handed: 3, waits: 0 });
    expect(await databases()).toEqual([]);
  });

  test('locked behind a PIN, too', async () => {
    await atWork();
    await setPin('2468');
    await lock();
    server.left.add(people['ann@x']!);
    online = true;
    await resume();
    await until(() => farewell.value?.handed === 3);
    expect(session.value.state).toBe('signedOut');
  });

  test('who had left the tablet before with unsent work: it is handed over while a colleague uses it', async () => {
    await atWork();
    await signOut();
    server.left.add(people['ann@x']!);
    online = true;
    await signIn('bea@x', 'right');
    await until(() => server.handed.length === 3 && colleagues.value.length === 0);
    expect(session.value.state).toBe('open');
  }, 15_000);
});

describe('the tray and drafts, as the screens use them', () => {
  test('a refused entry is mended and sent again, another is thrown away', async () => {
    await signIn('ann@x', 'right');
    const [customerId, leadId] = [newId(), newId()];
    await add(openCustomer, { id: customerId, name: 'a' });
    await add(openLead, { id: leadId, customerId });
    for (let n = 0; n < 2; n += 1) await add(say, { id: newId(), leadId, text: 'refuse' });
    await until(() => tray.value.length === 2);
    await sendAgain(tray.value[0]!, { ...tray.value[0]!.variables, text: 'better' });
    await discard(tray.value[0]!.clientMutationId, 'nothing in it');
    await until(() => tray.value.length === 0 && status.value.waiting === 0);
    expect(receipts().slice(-2)).toEqual(['say APPLIED', 'discardEntry APPLIED']);
  });

  test('undo within six seconds takes the row back', async () => {
    await signIn('ann@x', 'right');
    const id = newId();
    const handle = await add(openCustomer, { id, name: 'a' }, { hold: true });
    expect(store.get('customers', id)).toBeDefined();
    expect(await handle.undo()).toBe(true);
    expect(store.get('customers', id)).toBeUndefined();
  });

  test('a draft is there after a reload, gone when it was emptied, and gone with its entry', async () => {
    await signIn('ann@x', 'right');
    draft('visit', '').value = '王';
    await onDisk();
    await closeStore();
    await resume();
    expect(await restored()).toBe('王');
    draft('visit', '').value = '';
    await onDisk();
    await closeStore();
    await resume();
    expect(await restored()).toBe('');
    draft('visit', '').value = 'x';
    await onDisk();
    await add(openCustomer, { id: newId(), name: 'a' }, { draft: 'visit' });
    await closeStore();
    await resume();
    expect(await restored()).toBe('');
  });

  const onDisk = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

  async function restored(): Promise<string> {
    const again = draft('visit', '');
    await onDisk();
    return again.value;
  }
});
