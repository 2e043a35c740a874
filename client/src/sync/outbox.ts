import { serverNow } from '../clock';
import { newId } from '../ids';
import type { UserDatabase } from './database';
import { idsIn, inTray, type Entry, type Problem, type TrayEntry } from './entry';
import type { Mutator } from './mutator';

/** How long a tap may be undone before it is sent. */
export const UNDO_MS = 6_000;

export interface Wanted {
  verb: string;
  version: number;
  variables: Record<string, unknown>;
  me: string;
  showroomId: string;
  hold?: boolean;
  draft?: string;
  replaces?: string;
}

/**
 * The journal of taps. Each write is one transaction with strict durability: the entry, its number and the
 * removal of its draft, or nothing. Nothing leaves but by a verdict or a person's own word.
 */
export class Outbox {
  constructor(private readonly database: UserDatabase) {}

  /** Resolves when the entry is on the disk, and not before. */
  async add(wanted: Wanted): Promise<Entry> {
    const { outbox, drafts, tray, meta } = this.database;
    return this.database.transaction('rw', outbox, drafts, tray, meta, async () => {
      const clientSeq = await this.nextNumber();
      const entry = entryOf(wanted, clientSeq);
      await outbox.add(entry);
      if (wanted.draft) await drafts.delete(wanted.draft);
      if (wanted.replaces) await tray.delete(wanted.replaces);
      return entry;
    });
  }

  /** Takes a tap back while it is held: its number is given up, visibly. False when it is on its way. */
  async undo(clientMutationId: string): Promise<boolean> {
    const { outbox } = this.database;
    return this.database.transaction('rw', outbox, async () => {
      const entry = await outbox.get({ clientMutationId });
      if (!entry || entry.attempts > 0) return false;
      await outbox.put(skipped(entry, 'UNDONE'));
      return true;
    });
  }

  all(): Promise<Entry[]> {
    return this.database.outbox.orderBy('clientSeq').toArray();
  }

  /** The next entries to send, in order, marked as sent; stops at the first that may still be undone. */
  async take(most: number): Promise<Entry[]> {
    const { outbox } = this.database;
    return this.database.transaction('rw', outbox, async () => {
      const waiting = (await outbox.orderBy('clientSeq').toArray()).filter((entry) => !entry.verdict);
      const held = waiting.findIndex((entry) => entry.heldUntil > Date.now());
      const ready = waiting.slice(0, held < 0 ? most : Math.min(held, most));
      const sent = ready.map((entry) => ({ ...entry, attempts: entry.attempts + 1 }));
      await outbox.bulkPut(sent);
      return sent;
    });
  }

  /** Keeps what the server said. A refusal goes to the tray in the same transaction; the rest waits for its pull. */
  async judge(verdicts: readonly Judged[]): Promise<void> {
    const { outbox, tray } = this.database;
    await this.database.transaction('rw', outbox, tray, async () => {
      for (const said of verdicts) {
        const entry = await outbox.get({ clientMutationId: said.clientMutationId });
        if (!entry) continue;
        if (said.outcome === 'REFUSED') {
          if (entry.verb !== 'skipEntry' && entry.verb !== 'discardEntry') await tray.put(inTray(entry, said.problems, false));
          await outbox.delete(entry.clientSeq);
        } else await outbox.put({ ...entry, verdict: said.outcome, problems: said.problems });
      }
    });
  }

  /** The pull has passed these numbers: what was applied is in the truth now, and its entry may go. */
  async settle(processedThrough: number, verdicts: readonly Judged[]): Promise<void> {
    await this.judge(verdicts);
    const { outbox, meta } = this.database;
    await this.database.transaction('rw', outbox, meta, async () => {
      const done = await outbox.where('clientSeq').belowOrEqual(processedThrough).toArray();
      await outbox.bulkDelete(done.filter((entry) => entry.verdict).map((entry) => entry.clientSeq));
      const unjudged = done.filter((entry) => !entry.verdict).map((entry) => entry.clientSeq);
      await meta.put({ key: 'settled', value: Math.min(processedThrough, ...unjudged.map((seq) => seq - 1)) });
    });
  }

  async noteFailure(clientMutationId: string): Promise<number> {
    const { outbox } = this.database;
    return this.database.transaction('rw', outbox, async () => {
      const entry = await outbox.get({ clientMutationId });
      if (!entry) return 0;
      await outbox.put({ ...entry, failures: entry.failures + 1 });
      return entry.failures + 1;
    });
  }

  /** Gives up an entry that is always a fault, and all that builds on what it would have made. */
  async park(poison: Entry, problems: Problem[], known: (id: string) => boolean): Promise<void> {
    const { outbox, tray } = this.database;
    await this.database.transaction('rw', outbox, tray, async () => {
      const made = new Set([...idsIn(poison.variables)].filter((id) => !known(id)));
      const later = (await outbox.orderBy('clientSeq').toArray()).filter(
        (entry) => !entry.verdict && entry.clientSeq >= poison.clientSeq,
      );
      for (const entry of later) {
        const names = [...idsIn(entry.variables)];
        if (entry.clientSeq !== poison.clientSeq && !names.some((id) => made.has(id))) continue;
        for (const id of names) if (!known(id)) made.add(id);
        if (entry.verb !== 'skipEntry') await tray.put(inTray(entry, problems, true));
        await outbox.put(skipped(entry, 'PARKED'));
      }
    });
  }

  /**
   * The server's count and ours have parted (it was restored from a backup, or a number was lost): what has no
   * verdict gets the numbers that follow the server's last one, in the same order.
   */
  async renumber(lastSeq: number): Promise<void> {
    const { outbox, meta } = this.database;
    await this.database.transaction('rw', outbox, meta, async () => {
      const waiting = (await outbox.orderBy('clientSeq').toArray()).filter((entry) => !entry.verdict);
      let next = lastSeq + 1;
      const moved = waiting.map((entry) => ({ ...entry, clientSeq: next++ }));
      await outbox.bulkDelete(waiting.map((entry) => entry.clientSeq));
      await outbox.bulkPut(moved);
      await meta.put({ key: 'nextSeq', value: next });
      await meta.put({ key: 'settled', value: lastSeq });
    });
  }

  tray(): Promise<TrayEntry[]> {
    return this.database.tray.toArray();
  }

  /** A person threw a refused entry away, and said so: the entry that says it to the server is its own record. */
  async discard(clientMutationId: string, wanted: Wanted): Promise<Entry> {
    return this.add({ ...wanted, replaces: clientMutationId });
  }

  private async nextNumber(): Promise<number> {
    const { meta } = this.database;
    const next = ((await meta.get('nextSeq'))?.value as number | undefined) ?? 1;
    await meta.put({ key: 'nextSeq', value: next + 1 });
    return next;
  }
}

export interface Judged {
  clientMutationId: string;
  outcome: 'APPLIED' | 'MERGED' | 'REFUSED';
  problems: Problem[];
}

function entryOf(wanted: Wanted, clientSeq: number): Entry {
  return {
    clientSeq,
    clientMutationId: newId(),
    verb: wanted.verb,
    version: wanted.version,
    variables: wanted.variables,
    at: serverNow().toISOString(),
    me: wanted.me,
    showroomId: wanted.showroomId,
    heldUntil: wanted.hold ? Date.now() + UNDO_MS : 0,
    attempts: 0,
    failures: 0,
    ...(wanted.replaces ? { replaces: wanted.replaces } : {}),
  };
}

/** The same number, given up: a fresh id, since the old one may be known to the server under another body. */
function skipped(entry: Entry, reason: 'UNDONE' | 'PARKED' | 'UNKNOWN_VERB'): Entry {
  return {
    ...entry,
    clientMutationId: newId(),
    verb: 'skipEntry',
    version: 1,
    variables: { skippedId: entry.clientMutationId, reason },
    heldUntil: 0,
    attempts: 0,
    failures: 0,
  };
}

export const wantedOf = <V extends object>(mutator: Mutator<V>, variables: V): Pick<Wanted, 'verb' | 'version' | 'variables'> => ({
  verb: mutator.name,
  version: mutator.version,
  variables: variables as Record<string, unknown>,
});
