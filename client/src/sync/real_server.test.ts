import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { HandedOverDocument, SignInDocument, StandingDocument, ViewerDocument } from '../api/generated/graphql';
import { sender, type Send } from '../api/send';
import { newId } from '../ids';
import { logTouch } from '../follow_ups/mutators';
import { captureWalkIn } from '../visits/capture';
import { greetVisit } from '../visits/mutators';
import { Engine } from './engine';
import { handOver } from './handing';
import { status } from './status';
import { freshDisk } from './testing/tablet';

interface RealServer {
  url: string;
  down(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  up(): Promise<void>;
  command(...words: string[]): Promise<void>;
  backup(): Promise<string>;
  restore(file: string): Promise<void>;
  remove(): Promise<void>;
}

/** A program for Node, which the types of the app know nothing of. */
const PROGRAM = './testing/real_server.mjs';
const { RealServer, isThere, PASSWORD: password } = (await import(/* @vite-ignore */ PROGRAM)) as {
  RealServer: { start(): Promise<RealServer> };
  isThere: boolean;
  PASSWORD: string;
};

const MINUTES = 60_000;

// Without the server's program (a checkout that only has the client) there is nothing real to talk to.
describe.skipIf(!isThere)('the real tablet and the real server', () => {
  let server: RealServer;

  beforeAll(async () => {
    server = await RealServer.start();
  }, 3 * MINUTES);

  afterAll(() => server?.remove(), MINUTES);

  test('a walk-in captured offline reaches the manager, once, although the answer to every request is lost once', { timeout: 3 * MINUTES }, async () => {
    const seller = await signedIn('sales1@harbour.example');
    await seller.engine.sync();
    const manager = await signedIn('manager@harbour.example');
    await manager.engine.sync();

    seller.online = false;
    const walkIn = {
      visitId: newId(), customerId: newId(), leadId: newId(), contactPointId: newId(), name: '王小明 🚗', phone: '(415) 555-2671',
      party: 'COUPLE' as const, level: 'A' as const, wanted: [{ make: 'Volkswagen', model: 'Golf' }],
    };
    const greeted = newId();
    await seller.taps(greetVisit, { id: greeted });
    await seller.taps(captureWalkIn, walkIn);
    await expect(seller.engine.sync()).rejects.toThrow();
    expect(seller.engine.visible.get('leads', walkIn.leadId)).toMatchObject({ level: 'A' });

    seller.online = true;
    seller.loses = 'every first answer';
    for (let tries = 0; tries < 12; tries += 1) await seller.engine.sync().catch(() => undefined);
    expect(await seller.engine.outbox.all()).toEqual([]);
    expect(seller.engine.tray.value).toEqual([]);
    await manager.engine.sync();

    for (const { engine } of [seller, manager]) {
      const { visible } = engine;
      expect(visible.get('visits', greeted)).toMatchObject({ kind: 'NOT_COMPLETED' });
      expect(visible.get('customers', walkIn.customerId)).toMatchObject({ name: '王小明 🚗' });
      expect(visible.by('contactPoints', 'value', '+14155552671')).toHaveLength(1);
      expect(visible.by('leads', 'customerId', walkIn.customerId)).toHaveLength(1);
      expect(visible.by('followUps', 'leadId', walkIn.leadId)).toHaveLength(1);
      expect(visible.by('touches', 'leadId', walkIn.leadId)).toHaveLength(1);
      expect(visible.by('visits', 'leadId', walkIn.leadId)).toHaveLength(1);
    }
  });

  test('what the tablet showed of a walk-in is what the server made of it, ids and all (I16)', { timeout: MINUTES }, async () => {
    const seller = await signedIn('sales2@harbour.example');
    await seller.engine.sync();
    const walkIn = { visitId: newId(), customerId: newId(), leadId: newId(), contactPointId: newId(), name: 'Ann', phone: '(415) 555-2699' };
    await seller.taps(captureWalkIn, walkIn);
    const ids = (): string[] =>
      (['followUps', 'visits'] as const).flatMap((name) => seller.engine.visible.by(name, 'leadId', walkIn.leadId).map((row) => row.id)).sort();
    const shown = ids();
    await seller.engine.sync();
    expect(ids()).toEqual(shown);
  });

  test('killed with SIGKILL between two requests, the server goes on where it was', { timeout: 2 * MINUTES }, async () => {
    const seller = await signedIn('sales1@harbour.example');
    await seller.engine.sync();
    const ids = Array.from({ length: 30 }, newId);
    for (const id of ids) await seller.taps(greetVisit, { id });
    const running = seller.engine.sync().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await server.down('SIGKILL');
    await running;
    await server.up();
    for (let tries = 0; tries < 5; tries += 1) await seller.engine.sync().catch(() => undefined);
    expect(await seller.engine.outbox.all()).toEqual([]);
    expect(ids.filter((id) => seller.engine.visible.get('visits', id))).toHaveLength(30);
  });

  test("a colleague's cookie in the middle of the work refuses nothing and loses nothing", { timeout: MINUTES }, async () => {
    const seller = await signedIn('sales1@harbour.example');
    const colleague = await signedIn('sales2@harbour.example');
    await seller.engine.sync();
    const id = newId();
    await seller.taps(greetVisit, { id });
    seller.loses = 'every answer';
    await seller.engine.sync().catch(() => undefined);
    seller.loses = 'nothing';
    const own = seller.cookie;
    seller.cookie = colleague.cookie;
    await expect(seller.engine.sync()).rejects.toMatchObject({ failure: 'forbidden' });
    expect(seller.engine.tray.value).toEqual([]);
    seller.cookie = own;
    await seller.engine.sync();
    expect(await seller.engine.outbox.all()).toEqual([]);
    expect(seller.engine.tray.value).toEqual([]);
  });

  test('restored from a backup, it gets from the tablet all that it has lost, with no tap (I1)', { timeout: 2 * MINUTES }, async () => {
    const seller = await signedIn('sales1@harbour.example');
    await seller.engine.sync();
    const file = await server.backup();
    const walkIn = { visitId: newId(), customerId: newId(), leadId: newId(), contactPointId: newId(), name: '李雷', phone: '(415) 555-2688' };
    await seller.taps(captureWalkIn, walkIn);
    await seller.taps(logTouch, { id: newId(), leadId: walkIn.leadId, kind: 'NOTE', direction: 'OUT', text: 'wants the blue one' });
    await seller.engine.sync();
    expect(await seller.engine.outbox.all()).toEqual([]);

    await server.restore(file);
    for (let tries = 0; tries < 3; tries += 1) await seller.engine.sync();
    expect(await seller.engine.outbox.all()).toEqual([]);
    expect(seller.engine.tray.value).toEqual([]);
    expect(status.value.resent).toEqual({ count: 2, missingUntil: null });
    const manager = await signedIn('manager@harbour.example');
    await manager.engine.sync();
    expect(manager.engine.visible.get('customers', walkIn.customerId)).toMatchObject({ name: '李雷' });
    expect(manager.engine.visible.by('touches', 'leadId', walkIn.leadId).map((touch) => touch.text)).toContain('wants the blue one');
  });

  test('somebody who left while offline: what they typed lies before their manager, and nothing of it is applied', { timeout: MINUTES }, async () => {
    const seller = await signedIn('sales2@harbour.example');
    await seller.engine.sync();
    seller.online = false;
    const id = newId();
    await seller.taps(greetVisit, { id });
    await seller.engine.database.drafts.put({ key: 'visit', value: { name: '王\u0000' }, at: Date.now() });
    await server.command('user', 'leave', 'sales2@harbour.example');
    seller.online = true;
    await expect(seller.engine.sync()).rejects.toMatchObject({ failure: 'unauthenticated' });

    const { personId, storeId } = seller.engine;
    expect((await seller.send(StandingDocument, { clientId: storeId })).standing).toBe('LEFT');
    seller.engine.close();
    seller.loses = 'every first answer';
    const tries = await Promise.allSettled([handOver(personId, seller.send)]);
    if (tries[0]!.status === 'rejected') await handOver(personId, seller.send);
    const manager = await signedIn('manager@harbour.example');
    await manager.engine.sync();
    const { handedOver } = await manager.send(HandedOverDocument, {});
    expect(handedOver.map((one) => `${one.kind} ${one.verb}`).sort()).toEqual(['DRAFT visit', 'WAITING greetVisit']);
    expect(JSON.parse(handedOver.find(({ kind }) => kind === 'DRAFT')!.content)).toEqual({ variables: { value: { name: '王\u0000' } } });
    expect(manager.engine.visible.get('visits', id)).toBeUndefined();
  });

  /** Somebody with a tablet of their own: signed in for real, their engine on a disk that is shared by nobody. */
  async function signedIn(email: string) {
    const person = {
      cookie: '',
      online: true,
      loses: 'nothing' as 'nothing' | 'every first answer' | 'every answer',
      engine: undefined as unknown as Engine,
      send: undefined as unknown as Send,
      async taps(mutator: { name: string; version: number }, variables: object) {
        await person.engine.add({ verb: mutator.name, version: mutator.version, variables: { ...variables }, me: person.engine.personId, showroomId });
      },
    };
    let requests = 0;
    const send: Send = sender(async (path, init) => {
      if (!person.online) throw new TypeError('Failed to fetch');
      const response = await fetch(server.url + path, { ...init, headers: { ...init.headers, cookie: person.cookie } });
      const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0]);
      if (cookies.length > 0) person.cookie = cookies.join('; ');
      requests += 1;
      if (person.loses === 'every answer' || (person.loses === 'every first answer' && requests % 2 === 1)) throw new TypeError('Failed to fetch');
      return response;
    });
    const { signIn } = await send(SignInDocument, { email, password, language: 'en' });
    expect(signIn.problems).toEqual([]);
    const { viewer } = await send(ViewerDocument, {});
    const showroomId = viewer.homeShowroomId;
    freshDisk();
    person.send = send;
    person.engine = new Engine(viewer.person.uuid, { send, tell: () => undefined });
    await person.engine.open();
    return person;
  }
});
