import { COLLECTIONS, type Collections } from '../model';

export type Name = keyof Collections;
export type Row = { id: string };
export type Rows = Partial<Record<Name, Row[]>>;
export type Removed = Partial<Record<Name, { id: string; mergedInto?: string }[]>>;

type Index = Map<unknown, Set<string>>;

/** One collection by id, with indexes made when they are first asked for and kept from then on. */
export class Table {
  readonly rows = new Map<string, Row>();
  private readonly indexes = new Map<string, Index>();

  put(row: Row): void {
    this.forget(this.rows.get(row.id));
    this.rows.set(row.id, row);
    for (const [field, index] of this.indexes) enter(index, row, field);
  }

  remove(id: string): void {
    this.forget(this.rows.get(id));
    this.rows.delete(id);
  }

  idsBy(field: string, value: unknown): ReadonlySet<string> {
    let index = this.indexes.get(field);
    if (!index) {
      index = new Map();
      for (const row of this.rows.values()) enter(index, row, field);
      this.indexes.set(field, index);
    }
    return index.get(value) ?? NONE;
  }

  private forget(row: Row | undefined): void {
    if (!row) return;
    for (const [field, index] of this.indexes) index.get(valueOf(row, field))?.delete(row.id);
  }
}

/** What the server last said, as far as this person may see it. */
export class Truth {
  private readonly tables = Object.fromEntries(COLLECTIONS.map((name) => [name, new Table()])) as Record<Name, Table>;

  table(name: Name): Table {
    return this.tables[name];
  }

  /** Puts and removes; returns the collections that changed. Collections this app does not know are left out. */
  apply(rows: Rows, removed: Removed = {}): Set<Name> {
    const changed = new Set<Name>();
    for (const [name, some] of entriesOf(rows)) {
      for (const row of some) this.tables[name].put(row);
      changed.add(name);
    }
    for (const [name, some] of entriesOf(removed)) {
      for (const { id } of some) this.tables[name].remove(id);
      changed.add(name);
    }
    return changed;
  }

  /** `{collection: {id: row}}`, without empty collections: what the invariants compare. */
  state(): Record<string, Record<string, Row>> {
    const filled = COLLECTIONS.filter((name) => this.tables[name].rows.size > 0);
    return Object.fromEntries(filled.map((name) => [name, Object.fromEntries(this.tables[name].rows)]));
  }

  get size(): number {
    return COLLECTIONS.reduce((sum, name) => sum + this.tables[name].rows.size, 0);
  }
}

export function entriesOf<T>(of: Partial<Record<Name, T[]>>): [Name, T[]][] {
  return (Object.entries(of) as [Name, T[]][]).filter(([name]) => KNOWN.has(name));
}

const KNOWN = new Set<string>(COLLECTIONS);
const NONE: ReadonlySet<string> = new Set();

const valueOf = (row: Row, field: string): unknown => (row as unknown as Record<string, unknown>)[field];

function enter(index: Index, row: Row, field: string): void {
  const value = valueOf(row, field);
  const ids = index.get(value);
  if (ids) ids.add(row.id);
  else index.set(value, new Set([row.id]));
}
