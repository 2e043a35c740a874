import Dexie, { type Table } from 'dexie';

import { newId } from '../ids';
import { SHAPE } from '../model';
import type { Entry, TrayEntry } from './entry';
import { forget, rememberForgotten, type Settled } from './receipts';
import { initially, NOTICES, report, type Notice, type Status } from './status';
import type { Name, Row } from './truth';

/** What a person made: never thrown away by us, changed additively only. Every write is on the disk when it is said. */
export class UserDatabase extends Dexie {
  outbox!: Table<Entry, number>;
  tray!: Table<TrayEntry, string>;
  receipts!: Table<Settled, string>;
  drafts!: Table<{ key: string; value: unknown; at: number }, string>;
  meta!: Table<{ key: string; value: unknown }, string>;

  constructor(readonly personId: string) {
    super(`user-${personId}`, { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ outbox: 'clientSeq, clientMutationId', tray: 'clientMutationId', drafts: 'key', meta: 'key' });
    this.version(2).stores({ receipts: 'clientMutationId, settledAt' });
  }

  async read<T>(key: string): Promise<T | undefined> {
    return (await this.meta.get(key))?.value as T | undefined;
  }

  /** Says it now, and at every start until it is acknowledged; where the disk has no room, now only. */
  async tell(notice: Partial<Pick<Status, Notice>>): Promise<void> {
    report(notice);
    for (const [key, value] of Object.entries(notice)) await this.write(key, value).catch(() => undefined);
  }

  /** What was told and not acknowledged. */
  async unread(): Promise<Pick<Status, Notice>> {
    const kept = await Promise.all(NOTICES.map(async (key) => [key, (await this.read(key)) ?? initially[key]] as const));
    return Object.fromEntries(kept) as Pick<Status, Notice>;
  }

  /** What is kept under `key`, else `value`, kept from now on: of two tabs at once one decides. */
  async readOrKeep<T>(key: string, value: T): Promise<T> {
    // A full disk can be read.
    const known = await this.read<T>(key);
    if (known !== undefined) return known;
    return this.transaction('rw', this.meta, async () => {
      const kept = await this.read<T>(key);
      if (kept === undefined) await this.write(key, value);
      return kept ?? value;
    });
  }

  /** The cache in use, or the name of a new one when there is none that this app can read. */
  async cacheName(): Promise<string> {
    const known = await this.read<string>('cache');
    if (known && isOfThisShape(known)) return known;
    return this.transaction('rw', this.meta, async () => {
      const kept = await this.read<string>('cache');
      if (kept && isOfThisShape(kept)) return kept;
      const name = newCacheName(this.personId);
      await this.write('cache', name);
      return name;
    });
  }

  /** The new cache has all that the old one should have had. */
  async useCache(name: string): Promise<void> {
    await this.meta.bulkPut([
      { key: 'cache', value: name },
      { key: 'forgot', value: false },
    ]);
  }

  /** How much a person made that the server has not judged, or that waits for them: a count, nothing more. */
  unsent(): Promise<number> {
    return this.transaction('r', this.outbox, this.tray, this.drafts, async () => {
      const waiting = await this.outbox.filter((entry) => !entry.verdict && entry.verb !== 'skipEntry').count();
      return waiting + (await this.tray.count()) + (await this.drafts.count());
    });
  }

  /**
   * Entries that the server has a receipt for, and those kept in case it loses them: a person who leaves takes
   * their customers along. The rest stays, and with it the store's name and its numbers.
   */
  forgetSettled(): Promise<void> {
    return this.transaction('rw', this.outbox, this.receipts, this.meta, async () => {
      const judged = await this.outbox.filter((entry) => entry.verdict !== undefined).toArray();
      await this.outbox.bulkDelete(judged.map((entry) => entry.clientSeq));
      await rememberForgotten(this, judged);
      await forget(this);
    });
  }

  /** The server came back from a backup: the copy is made anew, and what it knows of ours is asked from the beginning. */
  async serverForgot(): Promise<void> {
    await this.meta.bulkPut([
      { key: 'forgot', value: true },
      { key: 'restored', value: true },
      { key: 'settled', value: 0 },
    ]);
  }

  /**
   * Where the browser has thrown everything away: the store under its old name, with what is known of it in memory. Its
   * numbers are asked from the server. False where nothing was thrown away.
   */
  async restock(clientId: string, entries: readonly Entry[], tray: readonly TrayEntry[]): Promise<boolean> {
    if (await this.meta.get('clientId')) return false;
    return this.transaction('rw', this.outbox, this.tray, this.meta, async () => {
      if (await this.meta.get('clientId')) return false;
      const nextSeq = Math.max(0, ...entries.map((entry) => entry.clientSeq)) + 1;
      await this.meta.bulkPut([
        { key: 'clientId', value: clientId },
        { key: 'nextSeq', value: nextSeq },
        { key: 'registered', value: true },
      ]);
      await this.outbox.bulkPut([...entries]);
      await this.tray.bulkPut([...tray]);
      return true;
    });
  }

  async write(key: string, value: unknown): Promise<void> {
    await this.meta.put({ key, value });
  }
}

/** A copy of what the server knows, in blocks with the newer rows beside them. It may be thrown away. */
export class CacheDatabase extends Dexie {
  blocks!: Table<{ number?: number; collection: Name; rows: Row[] }, number>;
  delta!: Table<{ collection: Name; id: string; row: Row | null }, [string, string]>;
  meta!: Table<{ key: string; value: unknown }, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'relaxed' });
    this.version(1).stores({ blocks: '++number', delta: '[collection+id]', meta: 'key' });
  }
}

export const cachePrefix = (personId: string): string => `cache-${personId}-`;

/** A name for a fresh cache of rows of today's shape. */
export const newCacheName = (personId: string): string => `${cachePrefix(personId)}${SHAPE}-${newId().slice(0, 18).replaceAll('-', '')}`;

const isOfThisShape = (name: string): boolean => name.split('-').at(-2) === SHAPE;

/** Removes every cache of a person but the one that is kept. */
export async function dropCaches(personId: string, keep?: string): Promise<void> {
  const names = await Dexie.getDatabaseNames();
  const old = names.filter((name) => name.startsWith(cachePrefix(personId)) && name !== keep);
  await Promise.all(old.map((name) => Dexie.delete(name)));
}
