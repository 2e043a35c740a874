import Dexie from 'dexie';

import { CacheDatabase } from './database';
import { entriesOf, Truth, type Name, type Removed, type Row, type Rows } from './truth';

const BLOCK = 500;
const MOST_DELTA = 2_000;

/** Where a snapshot is: the next page, and the cursor that was taken before the first. */
export interface Place {
  after: string | null;
  cursor: string;
  done: number;
}

/** The cache on disk. Page and cursor are of one transaction; a page that is not the next one is not stored. */
export class Cache {
  readonly database: CacheDatabase;
  /** The disk is full and what a person types goes first: rows are kept in memory only, and fetched again. */
  private yielded = false;

  constructor(readonly name: string) {
    this.database = new CacheDatabase(name);
  }

  async load(): Promise<{ truth: Truth; cursor?: string; place?: Place }> {
    const truth = new Truth();
    const { blocks, delta, meta } = this.database;
    const [stored, changed, cursor, place] = await this.database.transaction('r', blocks, delta, meta, () =>
      Promise.all([blocks.toArray(), delta.toArray(), meta.get('cursor'), meta.get('place')]),
    );
    for (const block of stored) truth.apply({ [block.collection]: block.rows });
    for (const { collection, id, row } of changed) {
      truth.apply(row ? { [collection]: [row] } : {}, row ? {} : { [collection]: [{ id }] });
    }
    return {
      truth,
      ...(cursor ? { cursor: cursor.value as string } : {}),
      ...(place ? { place: place.value as Place } : {}),
    };
  }

  /**
   * The page of a snapshot that begins at `after`, with where the next begins; `place` undefined at the end, when
   * `cursor` counts. False when another tab has stored that page already.
   */
  putSnapshotPage(rows: Rows, after: string | null, place: Place | undefined, cursor: string): Promise<boolean> {
    const { blocks, meta } = this.database;
    return this.write(() =>
      this.database.transaction('rw', blocks, meta, async () => {
        const before = (await meta.get('place'))?.value as Place | undefined;
        if ((before?.after ?? null) !== after || (await meta.get('cursor'))) return false;
        await blocks.bulkAdd(entriesOf(rows).flatMap(([name, some]) => blocksOf(name, some)));
        if (place) await meta.put({ key: 'place', value: place });
        else {
          await meta.delete('place');
          await meta.put({ key: 'cursor', value: cursor });
        }
        return true;
      }),
    );
  }

  /** One page of changes. False when the cache has moved on from `since` meanwhile (another tab led). */
  putChanges(rows: Rows, removed: Removed, since: string, cursor: string): Promise<boolean> {
    const { delta, meta } = this.database;
    return this.write(() =>
      this.database.transaction('rw', delta, meta, async () => {
        if ((await meta.get('cursor'))?.value !== since) return false;
        const put = entriesOf(rows).flatMap(([collection, some]) => some.map((row) => ({ collection, id: row.id, row })));
        const gone = entriesOf(removed).flatMap(([collection, some]) => some.map(({ id }) => ({ collection, id, row: null })));
        await delta.bulkPut([...put, ...gone]);
        await meta.put({ key: 'cursor', value: cursor });
        return true;
      }),
    );
  }

  /** Folds the delta into new blocks once it has grown; `truth` is what it held at `cursor`. */
  async compact(truth: Truth, names: readonly Name[], cursor: string, most = MOST_DELTA): Promise<void> {
    const { blocks, delta, meta } = this.database;
    if (this.yielded || (await delta.count()) < most) return;
    await this.write(() =>
      this.database.transaction('rw', blocks, delta, meta, async () => {
        if ((await meta.get('cursor'))?.value !== cursor) return false;
        await blocks.clear();
        await delta.clear();
        await blocks.bulkAdd(names.flatMap((name) => blocksOf(name, [...truth.table(name).rows.values()])));
        return true;
      }),
    );
  }

  /** Up to where the disk is; undefined where it holds nothing whole. */
  async cursor(): Promise<string | undefined> {
    return this.isOpen && !this.yielded ? ((await this.database.meta.get('cursor'))?.value as string | undefined) : undefined;
  }

  /** Where an unfinished snapshot was left. */
  async place(): Promise<Place | undefined> {
    return this.yielded ? undefined : ((await this.database.meta.get('place'))?.value as Place | undefined);
  }

  /** Makes room on the disk. What is in memory stays. */
  async yieldDisk(): Promise<void> {
    this.yielded = true;
    this.database.close();
    await Dexie.delete(this.name);
  }

  get isOpen(): boolean {
    return this.yielded || this.database.isOpen();
  }

  close(): void {
    this.database.close();
  }

  private async write(change: () => PromiseLike<boolean>): Promise<boolean> {
    if (this.yielded) return true;
    try {
      return await change();
    } catch (error) {
      if (!isQuota(error)) throw error;
      await this.yieldDisk();
      return true;
    }
  }
}

/** Dexie tells of a full disk by the aborted transaction, with the cause inside. */
export const isQuota = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'QuotaExceededError' || String(error).includes('QuotaExceeded') || isQuota((error as { inner?: unknown }).inner));

function blocksOf(collection: Name, rows: Row[]): { collection: Name; rows: Row[] }[] {
  const blocks = [];
  for (let start = 0; start < rows.length; start += BLOCK) {
    blocks.push({ collection, rows: rows.slice(start, start + BLOCK) });
  }
  return blocks;
}
