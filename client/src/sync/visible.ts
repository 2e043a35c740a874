import { batch, signal, type Signal } from '@preact/signals';

import { COLLECTIONS, type Collections } from '../model';
import { atOf, OWN_VERBS, variablesOf, type Entry } from './entry';
import { mutatorOf, type Draft } from './mutator';
import type { Name, Row, Truth } from './truth';

type Layer = Map<string, Row | null>;

/**
 * What the screens show: the server's truth with every waiting entry replayed on top.
 *
 * A pure function of both: rebuilt after every pull, appended to by every tap. Reads subscribe.
 */
export class Visible implements Draft {
  private layers = new Map<Name, Layer>();
  private waitingFor = new Set<string>();
  private readonly waitingVersion = signal(0);
  private readonly versions = Object.fromEntries(COLLECTIONS.map((name) => [name, signal(0)])) as Record<Name, Signal<number>>;
  private readonly listed = new Map<Name, { version: number; rows: Row[] }>();

  constructor(private truth: Truth) {}

  /** After a pull, or when an entry has left: everything waiting is replayed on the truth of now. */
  rebuild(entries: readonly Entry[], changed: Iterable<Name> = [], truth = this.truth): void {
    const before = [...this.layers.keys()];
    const all = truth !== this.truth;
    this.truth = truth;
    this.layers = new Map();
    const waitedFor = this.waitingFor;
    this.waitingFor = new Set();
    for (const entry of entries) this.replay(entry);
    const waitsForOthers = !isSame(waitedFor, this.waitingFor);
    this.announce(all ? COLLECTIONS : new Set([...before, ...this.layers.keys(), ...changed]), waitsForOthers);
  }

  /** A tap: one more entry on top. */
  append(entry: Entry): void {
    this.replay(entry);
    this.announce(this.layers.keys(), true);
  }

  /** Some waiting entry makes or changes this row; merely to be named by one does not count. */
  isWaiting(id: string): boolean {
    void this.waitingVersion.value;
    return this.waitingFor.has(id);
  }

  version(name: Name): number {
    return this.versions[name].value;
  }

  get<C extends Name>(name: C, id: string | null | undefined): Collections[C] | undefined {
    void this.versions[name].value;
    return id == null ? undefined : (this.peek(name, id) as Collections[C] | undefined);
  }

  all<C extends Name>(name: C): readonly Collections[C][] {
    const version = this.versions[name].value;
    const known = this.listed.get(name);
    if (known?.version === version) return known.rows as unknown as Collections[C][];
    const layer = this.layers.get(name);
    const rows = [...this.truth.table(name).rows.values()].filter((row) => !layer?.has(row.id));
    for (const row of layer?.values() ?? []) if (row) rows.push(row);
    this.listed.set(name, { version, rows });
    return rows as unknown as Collections[C][];
  }

  by<C extends Name>(name: C, field: keyof Collections[C] & string, value: string): readonly Collections[C][] {
    void this.versions[name].value;
    const layer = this.layers.get(name);
    const table = this.truth.table(name);
    const rows: Row[] = [];
    for (const id of table.idsBy(field, value)) if (!layer?.has(id)) rows.push(table.rows.get(id)!);
    for (const row of layer?.values() ?? []) {
      if (row && (row as unknown as Record<string, unknown>)[field] === value) rows.push(row);
    }
    return rows as unknown as Collections[C][];
  }

  put<C extends Name>(name: C, row: Collections[C]): void {
    this.change(name, (row as unknown as Row).id, row as unknown as Row);
  }

  patch<C extends Name>(name: C, id: string | null | undefined, part: Partial<Collections[C]>): void {
    const row = id == null ? undefined : this.peek(name, id);
    if (row) this.change(name, row.id, { ...row, ...part });
  }

  remove(name: Name, id: string): void {
    this.change(name, id, null);
  }

  private replay(entry: Entry): void {
    const mutator = mutatorOf(entry.verb);
    const variables = OWN_VERBS.has(entry.verb) ? undefined : variablesOf(entry);
    if (!mutator || !variables) return;
    try {
      // A mutator's reads are of this very state; they must not subscribe whoever happens to be rendering.
      mutator.show(this.unsubscribed, variables, atOf(entry));
    } catch (error) {
      console.error(`What ${entry.verb} shows failed; the entry itself is safe.`, error);
    }
  }

  private readonly unsubscribed: Draft = {
    get: (name, id) => (id == null ? undefined : (this.peek(name, id) as never)),
    by: (name, field, value) => this.peekBy(name, field, value) as never,
    put: (name, row) => this.put(name, row),
    patch: (name, id, part) => this.patch(name, id, part),
    remove: (name, id) => this.remove(name, id),
  };

  private peekBy(name: Name, field: string, value: string): Row[] {
    const layer = this.layers.get(name);
    const ids = [...this.truth.table(name).idsBy(field, value)].filter((id) => !layer?.has(id));
    const mine = [...(layer?.values() ?? [])].filter((row) => row && (row as never)[field] === value) as Row[];
    return [...ids.map((id) => this.truth.table(name).rows.get(id)!), ...mine];
  }

  private peek(name: Name, id: string): Row | undefined {
    const layer = this.layers.get(name);
    return layer?.has(id) ? (layer.get(id) ?? undefined) : this.truth.table(name).rows.get(id);
  }

  private change(name: Name, id: string, row: Row | null): void {
    let layer = this.layers.get(name);
    if (!layer) this.layers.set(name, (layer = new Map()));
    layer.set(id, row);
    this.waitingFor.add(id);
  }

  /** All at once: whoever reads several collections must not see one of them as it was before. */
  private announce(names: Iterable<Name>, waitsForOthers: boolean): void {
    batch(() => {
      if (waitsForOthers) this.waitingVersion.value += 1;
      for (const name of names) this.versions[name].value += 1;
    });
  }
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id));
