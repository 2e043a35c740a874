import type { SendError } from '../../api/send';
import { FEED, type Told } from './fake_feed';

type Row = { id: string } & Record<string, unknown>;
type Outcome = 'APPLIED' | 'MERGED' | 'REFUSED' | 'FAILED' | 'OUT_OF_ORDER';
type Problem = { code: string; field: string | null; message: string; details: unknown };

export interface Receipt {
  clientMutationId: string;
  personId: string;
  clientId: string;
  clientSeq: number;
  verb: string;
  body: string;
  outcome: Outcome;
  problems: Problem[];
}

interface Store {
  personId: string;
  lastSeq: number;
  revoked: boolean;
}

interface Sent {
  clientSeq: number;
  verb: Record<string, Record<string, unknown> & { clientMutationId: string }>;
}

class Refusal extends Error {}

/** All that a backup holds. */
interface State {
  number: number;
  rows: Record<string, Record<string, Row>>;
  pointers: Record<string, number>;
  receipts: Record<string, Receipt>;
  stores: Record<string, Store>;
  aliases: Record<string, string>;
  refusedCreations: Record<string, string>;
  audit: { verb: string; of: unknown; reason: unknown }[];
}

/**
 * The server's half of the contract, in memory: entries in order, receipts, refusals that commit, aliases, a feed
 * with numbers, answers of one moment. `managers` see every customer, others their own and those of nobody.
 */
export class FakeServer {
  state: State = {
    number: 0, rows: {}, pointers: {}, receipts: {}, stores: {}, aliases: {}, refusedCreations: {}, audit: [],
  };
  /** Rows a page, so that a few make several. */
  page = 3;
  views: Record<string, number> = {};
  /** Another one after every restore. */
  epoch = 1;
  readonly managers = new Set<string>();
  /** Who has left; what of theirs was handed over lies in `handed`. */
  readonly left = new Set<string>();
  readonly handed: { entryId: string; kind: string; verb: string; content: string }[] = [];
  readonly stumbled = new Set<string>();
  /** How often each entry took effect, whatever receipts say: the judge of "at most once". */
  readonly effects = new Map<string, number>();
  broken = false;
  requests = 0;
  /** All stores are of the device of this cookie: a second one of a person means that the first is lost. */
  oneDevice = false;
  /** By how much its clock is ahead of the device's. */
  ahead = 0;

  now = (): number => Date.now() + this.ahead;

  backup = (): State => structuredClone(this.state);

  restore(state: State): void {
    this.state = structuredClone(state);
    this.epoch += 1;
    for (const id of this.effects.keys()) if (!this.state.receipts[id]) this.effects.delete(id);
  }

  /** A write by somebody else, with its number. `ids` are announced beside it, as when sight changes. */
  write(collection: string, row: Row, beside: [string, string][] = []): void {
    (this.state.rows[collection] ??= {})[row.id] = row;
    this.announce([[collection, row.id], ...beside]);
  }

  remove(collection: string, id: string): void {
    const beside = this.hangingOn(id);
    delete this.state.rows[collection]?.[id];
    this.announce([[collection, id], ...beside]);
  }

  /** Moves a customer to somebody else, with all that hangs on it. */
  reassign(customerId: string, ownerId: string | null): void {
    const customer = this.state.rows['customers']?.[customerId];
    if (customer) this.write('customers', { ...customer, ownerId }, this.hangingOn(customerId));
  }

  /** What changes sight with a customer. */
  private hangingOn(customerId: string): [string, string][] {
    const leads = this.all('leads').filter((lead) => lead['customerId'] === customerId).map((lead) => lead.id);
    const touches = this.all('touches').filter((touch) => leads.includes(touch['leadId'] as string));
    return [...leads.map((id): [string, string] => ['leads', id]), ...touches.map(({ id }): [string, string] => ['touches', id])];
  }

  /** What this person may see now, as a store that is quiet must hold it. */
  visibleTo(personId: string): Record<string, Record<string, Row>> {
    const seen: Record<string, Record<string, Row>> = {};
    for (const collection of Object.keys(this.state.rows)) {
      const rows = this.all(collection).filter((row) => this.sees(personId, collection, row));
      if (rows.length > 0) seen[collection] = Object.fromEntries(rows.map((row) => [row.id, row]));
    }
    return seen;
  }

  /** One request by whoever the cookie names. `cut`: the power fails after so many entries. */
  answer(operation: string, variables: Record<string, unknown>, personId: string, cut = Infinity): unknown {
    this.requests += 1;
    const { input } = variables as { input: Record<string, unknown> };
    if (operation === 'Viewer') return { viewer: { person: { uuid: personId } } };
    if (operation === 'Standing') return { standing: this.standing(variables['clientId'] as string, personId) };
    if (operation === 'HandOver') return { handOver: this.takeOver(input as never, personId) };
    if (operation === 'RegisterStore') return { registerStore: this.register(input['clientId'] as string, personId) };
    const store = this.storeOf((input?.['clientId'] ?? variables['clientId']) as string, personId);
    if (operation === 'Push') return { push: this.push(store, input as never, personId, cut) };
    const told: Told = { ...variables, store, personId } as never;
    if (operation === 'Changes') return { changes: FEED.changes(this, told) };
    if (operation === 'Snapshot') return { snapshot: FEED.snapshot(this, told) };
    throw new Error(`unknown operation ${operation}`);
  }

  sees(personId: string, collection: string, row: Row): boolean {
    if (collection === 'touches') return this.seesOf(personId, 'leads', row['leadId']);
    if (collection === 'leads') return this.seesOf(personId, 'customers', row['customerId']);
    if (collection !== 'customers' || this.managers.has(personId)) return true;
    return row['ownerId'] === null || row['ownerId'] === personId;
  }

  private seesOf(personId: string, collection: string, id: unknown): boolean {
    const row = this.state.rows[collection]?.[id as string];
    return row !== undefined && this.sees(personId, collection, row);
  }

  private all(collection: string): Row[] {
    return Object.values(this.state.rows[collection] ?? {});
  }

  private announce(ids: [string, string][]): void {
    this.state.number += 1;
    for (const [collection, id] of ids) this.state.pointers[`${collection}:${id}`] = this.state.number;
  }

  private register(clientId: string, personId: string): object {
    const known = this.state.stores[clientId];
    if (known && (known.personId !== personId || known.revoked)) throw refusedWith('FORBIDDEN');
    const evicted = !known && this.oneDevice && Object.values(this.state.stores).some((one) => one.personId === personId);
    const store = (this.state.stores[clientId] ??= { personId, lastSeq: 0, revoked: false });
    return { lastSeq: store.lastSeq, evicted, problems: [] };
  }

  private standing(clientId: string, personId: string): string {
    const store = this.state.stores[clientId];
    if (store && this.left.has(store.personId)) return 'LEFT';
    if (store?.revoked) return 'REVOKED';
    return personId && (!store || store.personId === personId) ? 'WELCOME' : 'SIGN_IN';
  }

  private takeOver({ clientId, entries }: { clientId: string; entries: FakeServer['handed'] }, personId: string): object {
    if (!['LEFT', 'REVOKED'].includes(this.standing(clientId, personId))) throw refusedWith('FORBIDDEN');
    const there = new Set(this.handed.map((one) => one.entryId));
    this.handed.push(...entries.filter((one) => !there.has(one.entryId)));
    return { outcome: 'APPLIED' };
  }

  private storeOf(clientId: string, personId: string): Store & { clientId: string } {
    const store = this.state.stores[clientId];
    if (!store || store.personId !== personId || store.revoked) throw refusedWith('FORBIDDEN');
    return Object.assign(store, { clientId });
  }

  private push(store: Store & { clientId: string }, { entries }: { entries: Sent[] }, personId: string, cut: number): object {
    if (entries.length > 25) throw refusedWith('BATCH_TOO_LARGE');
    const results: object[] = [];
    for (const [index, entry] of entries.entries()) {
      if (index >= cut) throw refusedWith('POWER');
      const [[verb, input]] = Object.entries(entry.verb) as [[string, Sent['verb'][string]]];
      const { outcome, problems } = this.run(store, entry.clientSeq, verb, input, personId);
      results.push({ clientSeq: entry.clientSeq, clientMutationId: input.clientMutationId, outcome, problems, aliases: [] });
      if (outcome === 'FAILED' || outcome === 'OUT_OF_ORDER') break;
    }
    return { processedThrough: store.lastSeq, results };
  }

  private run(
    store: Store & { clientId: string }, clientSeq: number, verb: string, input: Sent['verb'][string], personId: string,
  ): { outcome: Outcome; problems: Problem[] } {
    const body = JSON.stringify([verb, input]);
    const known = this.state.receipts[input.clientMutationId];
    if (known) {
      if (store.lastSeq === clientSeq - 1) store.lastSeq = clientSeq;
      return known.body === body ? known : { outcome: 'REFUSED', problems: [problem('KEY_REUSED')] };
    }
    if (clientSeq !== store.lastSeq + 1) return { outcome: 'OUT_OF_ORDER', problems: [] };
    if (this.broken || input['text'] === 'poison' || this.stumbles(input)) return { outcome: 'FAILED', problems: [problem('INTERNAL')] };
    const decided = this.decide(verb, input, personId);
    const receipt: Receipt = {
      ...decided, clientMutationId: input.clientMutationId, personId, clientId: store.clientId, clientSeq, verb, body,
    };
    this.state.receipts[input.clientMutationId] = receipt;
    store.lastSeq = clientSeq;
    return receipt;
  }

  private stumbles(input: Sent['verb'][string]): boolean {
    if (input['text'] !== 'stumble' || this.stumbled.has(input.clientMutationId)) return false;
    this.stumbled.add(input.clientMutationId);
    return true;
  }

  private decide(verb: string, given: Sent['verb'][string], personId: string): { outcome: Outcome; problems: Problem[] } {
    const input = Object.fromEntries(
      Object.entries(given).map(([key, value]) => [key, key === 'id' ? value : (this.state.aliases[value as string] ?? value)]),
    ) as Record<string, string>;
    try {
      this.ensureTimely(verb, given['happenedAt'] as string | undefined);
      const outcome = this.act(verb, input, personId);
      this.effects.set(given.clientMutationId, (this.effects.get(given.clientMutationId) ?? 0) + 1);
      return { outcome, problems: [] };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (input['id']) this.state.refusedCreations[input['id']] = given.clientMutationId;
      const cause = Object.values(input).map((id) => this.state.refusedCreations[id]).find((id) => id && id !== given.clientMutationId);
      const code = error.message === 'NOT_FOUND' && cause ? 'DEPENDS_ON_REFUSED' : error.message;
      return { outcome: 'REFUSED', problems: [problem(code, cause)] };
    }
  }

  private ensureTimely(verb: string, happenedAt: string | undefined): void {
    if (!happenedAt || verb === 'skipEntry' || verb === 'discardEntry') return;
    if (Date.parse(happenedAt) > this.now() + 5 * 60_000) throw new Refusal('IN_THE_FUTURE');
    if (Date.parse(happenedAt) < this.now() - 30 * 86_400_000) throw new Refusal('TOO_LONG_AGO');
  }

  private act(verb: string, input: Record<string, string>, personId: string): Outcome {
    const { id } = input as { id: string };
    if (verb === 'skipEntry' || verb === 'discardEntry') {
      this.state.audit.push({ verb, of: input['skippedId'] ?? input['discardedId'], reason: input['reason'] });
    } else if (verb === 'openCustomer') {
      const same = this.all('customers').find((one) => input['phone'] && one['phone'] === input['phone']);
      if (same) {
        this.state.aliases[id] = same.id;
        this.write('customers', { ...same, name: `${same['name'] as string}, ${input['name']}` }, [['customers', id]]);
        return 'MERGED';
      }
      this.write('customers', { id, name: input['name'], phone: input['phone'] ?? null, ownerId: personId });
    } else if (verb === 'openLead') {
      if (!this.seesOf(personId, 'customers', input['customerId'])) throw new Refusal('NOT_FOUND');
      this.write('leads', { id, customerId: input['customerId'], ownerId: personId, said: 0 });
    } else if (verb === 'say') {
      const lead = this.state.rows['leads']?.[input['leadId']!];
      if (!lead || !this.sees(personId, 'leads', lead)) throw new Refusal('NOT_FOUND');
      if (input['text'] === 'refuse') throw new Refusal('BAD_TEXT');
      (this.state.rows['touches'] ??= {})[id] = { id, leadId: lead.id, text: input['text'] };
      this.write('leads', { ...lead, said: (lead['said'] as number) + 1 }, [['touches', id]]);
    } else if (verb === 'book') {
      if (this.all('testDrives').some((drive) => drive['slot'] === input['slot'])) throw new Refusal('SLOT_TAKEN');
      this.write('testDrives', { id, slot: input['slot'], by: personId });
    } else throw new Error(`unknown verb ${verb}`);
    return 'APPLIED';
  }
}

const problem = (code: string, cause?: string): Problem => ({
  code, field: null, message: code, details: cause ? { causedBy: cause } : null,
});

/** An answer with an error in it, by its code. */
export const refusedWith = (code: string): Error & Partial<SendError> => Object.assign(new Error(code), { told: code });
