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

  constructor(readonly name: string) {
    this.database = new CacheDatabase(name);
  }

  async load(): Promise<{ truth: Truth; cursor?: string; place?: Place }> {
    const truth = new Truth();
    const { blocks, delta, meta } = this.database;
    const [stored, changed, cursor, place] = await Promise.all([
      blocks.toArray(),
      delta.toArray(),
      meta.get('cursor'),
      meta.get('place'),
    ]);
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

  /** One page of a snapshot, with where the next begins; `place` undefined at the end, when `cursor` counts. */
  async putSnapshotPage(rows: Rows, place: Place | undefined, cursor: string): Promise<void> {
    const { blocks, meta } = this.database;
    await this.database.transaction('rw', blocks, meta, async () => {
      await blocks.bulkAdd(entriesOf(rows).flatMap(([name, some]) => blocksOf(name, some)));
      if (place) await meta.put({ key: 'place', value: place });
      else {
        await meta.delete('place');
        await meta.put({ key: 'cursor', value: cursor });
      }
    });
  }

  /** One page of changes. False when the cache has moved on from `since` meanwhile (another tab led). */
  async putChanges(rows: Rows, removed: Removed, since: string, cursor: string): Promise<boolean> {
    const { delta, meta } = this.database;
    return this.database.transaction('rw', delta, meta, async () => {
      if ((await meta.get('cursor'))?.value !== since) return false;
      const put = entriesOf(rows).flatMap(([collection, some]) => some.map((row) => ({ collection, id: row.id, row })));
      const gone = entriesOf(removed).flatMap(([collection, some]) => some.map(({ id }) => ({ collection, id, row: null })));
      await delta.bulkPut([...put, ...gone]);
      await meta.put({ key: 'cursor', value: cursor });
      return true;
    });
  }

  /** Folds the delta into new blocks once it has grown; `truth` must be what the cache holds. */
  async compact(truth: Truth, names: readonly Name[]): Promise<void> {
    const { blocks, delta } = this.database;
    if ((await delta.count()) < MOST_DELTA) return;
    await this.database.transaction('rw', blocks, delta, async () => {
      await blocks.clear();
      await delta.clear();
      await blocks.bulkAdd(names.flatMap((name) => blocksOf(name, [...truth.table(name).rows.values()])));
    });
  }

  close(): void {
    this.database.close();
  }
}

function blocksOf(collection: Name, rows: Row[]): { collection: Name; rows: Row[] }[] {
  const blocks = [];
  for (let start = 0; start < rows.length; start += BLOCK) {
    blocks.push({ collection, rows: rows.slice(start, start + BLOCK) });
  }
  return blocks;
}
