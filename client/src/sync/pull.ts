import { ChangesDocument, SnapshotDocument } from '../api/generated/graphql';
import { SendError, type Send } from '../api/send';
import { heardServer } from '../clock';
import type { Cache, Place } from './cache';
import type { Judged } from './outbox';
import type { Removed, Rows } from './truth';

const SNAPSHOT_PAGE = 2_000;
const CHANGES_PAGE = 1_000;

export interface Page {
  rows: Rows;
  removed: Removed;
  /** Where it begins and where it ends: whoever is not there has missed something. */
  since: string;
  cursor: string;
  /** On the last page only: entries up to here are in the truth now. */
  processedThrough?: number;
  verdicts: Judged[];
}

/**
 * Reads everything this person may see into `cache`, from `place` where it was left. Returns the cursor to pull from.
 * Throws `Overtaken` when another tab reads into the same cache.
 */
export async function bootstrap(
  { send, clientId, cache, place }: { send: Send; clientId: string; cache: Cache; place?: Place | undefined },
  arrived: (rows: Rows, done: number, total: number) => void,
): Promise<string> {
  let after = place?.after ?? null;
  let cursor = place?.cursor;
  let done = place?.done ?? 0;
  for (;;) {
    const from = after;
    const { snapshot } = await send(SnapshotDocument, { clientId, after, first: SNAPSHOT_PAGE });
    heardServer(Date.parse(snapshot.serverTime));
    cursor ??= snapshot.cursor;
    const rows = snapshot.rows as Rows;
    done += Object.values(rows).reduce((sum, some) => sum + some.length, 0);
    after = snapshot.next ?? null;
    if (!(await cache.putSnapshotPage(rows, from, after ? { after, cursor, done } : undefined, cursor))) throw new Overtaken();
    arrived(rows, done, Math.max(done, snapshot.total));
    if (!after) return cursor;
  }
}

/**
 * Reads what changed since `cursor`, page by page, each stored with its cursor before it is told. Throws `Reset`
 * when the server cannot serve the cursor, `Overtaken` when another tab has led meanwhile.
 */
export async function pull(
  { send, clientId, cache, settled }: { send: Send; clientId: string; cache: Cache; settled: number },
  from: string,
  arrived: (page: Page) => Promise<void>,
): Promise<string> {
  let cursor = from;
  for (;;) {
    const { changes } = await send(ChangesDocument, { clientId, since: cursor, first: CHANGES_PAGE, settled });
    heardServer(Date.parse(changes.serverTime));
    if (changes.reset) throw new Reset(changes.reset);
    const rows = changes.rows as Rows;
    const removed = changes.removed as Removed;
    if (!(await cache.putChanges(rows, removed, cursor, changes.cursor))) throw new Overtaken();
    const since = cursor;
    cursor = changes.cursor;
    await arrived({
      rows,
      removed,
      since,
      cursor,
      verdicts: changes.verdicts as Judged[],
      ...(changes.hasMore ? {} : { processedThrough: changes.processedThrough }),
    });
    if (!changes.hasMore) return cursor;
  }
}

/** The cursor cannot be served: a new cache is built beside the old one. */
export class Reset extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** Another tab has moved this cache on: what is in memory is old. */
export class Overtaken extends Error {}

export const isLostPlace = (error: unknown): boolean => error instanceof SendError && error.code === 'BAD_CURSOR';
