import Dexie from 'dexie';
import { IDBDatabase, IDBFactory } from 'fake-indexeddb';

import { sender, SendError } from '../../api/send';
import { newId } from '../../ids';
import { Engine } from '../engine';
import type { Entry } from '../entry';
import { purge } from '../leaving';
import type { Mutator } from '../mutator';
import type { Told } from '../tabs';
import type { FakeServer } from './fake_server';

/** What may happen to one request. `cut` and a number: the power fails after so many entries. */
export type Fault =
  | 'none' | 'dropped' | 'answerLost' | 'twice' | 'busy' | 'portal' | 'signedOut' | 'forbidden' | 'noise' | `cut ${number}`;

/** A disk of its own for all that follows: no test sees what another has left. */
export function freshDisk(): void {
  repair();
  Dexie.dependencies.indexedDB = new IDBFactory() as unknown as typeof indexedDB;
}

/** A tab of one person on a tablet, its way to the server, and what may go wrong on it. */
export class Tablet {
  engine: Engine;
  faults: Fault[] = [];
  /** Whom the cookie names; usually the person. */
  cookie: string;
  online = true;
  others: Tablet[] = [];
  readonly acknowledged: Entry[] = [];
  private readonly send = sender((_path, init) => this.fetch(JSON.parse(init.body as string)));

  constructor(
    readonly server: FakeServer,
    readonly personId: string = newId(),
  ) {
    this.cookie = personId;
    this.engine = this.fresh();
  }

  static async opened(server: FakeServer, personId?: string): Promise<Tablet> {
    const tablet = new Tablet(server, personId);
    await tablet.engine.open();
    return tablet;
  }

  /** A second tab of the same person on the same disk. */
  async tab(): Promise<Tablet> {
    const other = await Tablet.opened(this.server, this.personId);
    other.others = [this];
    this.others.push(other);
    return other;
  }

  /** Killed and started again: what was in memory is gone. */
  async restart(): Promise<void> {
    this.engine.close();
    this.engine = this.fresh();
    await this.engine.open();
  }

  async leaves(): Promise<number> {
    this.engine.close();
    return purge(this.personId);
  }

  async comesBack(): Promise<void> {
    this.engine = this.fresh();
    await this.engine.open();
  }

  async taps<V extends object>(mutator: Mutator<V>, variables: V, more: { hold?: boolean; replaces?: string; draft?: string } = {}): Promise<Entry> {
    const { name: verb, version } = mutator;
    const wanted = { verb, version, variables: variables as Record<string, unknown>, me: this.personId, showroomId: 'here', ...more };
    const entry = await this.engine.add(wanted);
    this.acknowledged.push(entry);
    return entry;
  }

  async discards(clientMutationId: string): Promise<void> {
    const variables = { discardedId: clientMutationId, reason: 'of no use' };
    await this.engine.add({ verb: 'discardEntry', version: 1, variables, me: this.personId, showroomId: 'here', replaces: clientMutationId });
  }

  /** One cycle, with these faults in this order. A request that fails is no error of the test. */
  async syncs(...faults: Fault[]): Promise<SendError | undefined> {
    this.faults = faults;
    try {
      await this.engine.sync();
      return undefined;
    } catch (error) {
      if (error instanceof SendError || this.engine.isClosed) return error as SendError;
      throw error;
    } finally {
      this.faults = [];
    }
  }

  private fresh(): Engine {
    return new Engine(this.personId, { send: this.send, tell: (told) => this.tell(told) });
  }

  private tell(told: Told): void {
    for (const other of this.others) other.engine.hear(structuredClone(told)).catch(() => undefined);
  }

  private async fetch({ query, variables }: { query: string; variables: Record<string, unknown> }): Promise<Response> {
    const fault = this.online ? (this.faults.shift() ?? 'none') : 'dropped';
    await Promise.resolve();
    if (fault === 'dropped') throw new TypeError('Failed to fetch');
    if (fault === 'busy') return json({ errors: [{ message: 'busy' }] }, 503);
    if (fault === 'portal') return new Response('<html>Sign in to the Wi-Fi</html>', { headers: { 'content-type': 'text/html' } });
    if (fault === 'signedOut') return failing('UNAUTHENTICATED', 401);
    if (fault === 'forbidden') return failing('FORBIDDEN', 403);
    if (fault === 'noise') return failing('SOMETHING_NEW', 400);
    const operation = /(?:query|mutation) (\w+)/.exec(query)![1]!;
    const cut = fault.startsWith('cut') ? Number(fault.slice(4)) : Infinity;
    if (fault === 'twice') this.answer(operation, variables, cut);
    const answer = this.answer(operation, variables, cut);
    if (fault === 'answerLost' || fault.startsWith('cut')) throw new TypeError('Failed to fetch');
    return answer;
  }

  private answer(operation: string, variables: Record<string, unknown>, cut: number): Response {
    try {
      const response = json({ data: this.server.answer(operation, structuredClone(variables), this.cookie, cut) });
      response.headers.set('date', new Date(this.server.now()).toUTCString());
      return response;
    } catch (error) {
      const { told } = error as { told?: string };
      if (!told) throw error;
      return failing(told, told === 'FORBIDDEN' ? 403 : 400);
    }
  }
}

const failing = (code: string, status: number): Response => json({ errors: [{ message: code, extensions: { code } }] }, status);

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/graphql-response+json' } });

type Begin = (names: string | string[], mode?: string, options?: object) => unknown;

/** What every transaction passes first: a place to fail. Dexie binds the function when it opens, so it is put in early. */
let gate: (name: string, mode: string | undefined) => void = () => undefined;

const prototype = IDBDatabase.prototype as unknown as { transaction: Begin };
const begin = prototype.transaction;
prototype.transaction = function (this: { name: string }, ...given) {
  // The disk's own making of a database is nobody's transaction.
  if (given[1] === 'readonly' || given[1] === 'readwrite') gate(this.name, given[1]);
  return begin.apply(this, given);
};

export const repair = (): void => {
  gate = () => undefined;
};

/** Kills the tablet before its nth transaction on the disk from now. Each is whole or not there at all. */
export function killBefore(nth: number, tablet: Tablet): void {
  let left = nth;
  const dying = tablet.engine;
  gate = (name) => {
    if (name.includes(tablet.personId) && tablet.engine === dying) left -= 1;
    if (left > 0 || tablet.engine !== dying) return;
    dying.close();
    throw new Error('The power failed.');
  };
}

/** Every write to a database whose name begins so fails: the disk is full. */
export function fillDisk(of: string): void {
  gate = (name, mode) => {
    if (mode === 'readwrite' && name.startsWith(of)) {
      throw Object.assign(new Error('The disk is full.'), { name: 'QuotaExceededError' });
    }
  };
}
