import { serverAhead } from '../clock';
import { newId } from '../ids';
import type { UserDatabase } from './database';
import {
  idsIn, inputOf, inTray, isOfAnOlderApp, OWN_VERBS, skipped, unjudged, type Entry, type Problem, type SkipReason, type TrayEntry,
} from './entry';
import type { Mutator } from './mutator';
import { inServerTime, tappedAt } from './tapping';
import { forget, hearOfSettled, keep, sendLostAgain, type Resent } from './receipts';

/** How long a tap may be undone before it is sent. */
export const UNDO_MS = 6_000;

/** What the server reads in one piece is 1 MiB; this leaves room for what surrounds it. */
const MOST_BYTES = 600 * 1024;

export interface Wanted {
  verb: string;
  version: number;
  variables: Record<string, unknown>;
  me: string;
  showroomId: string;
  hold?: boolean;
  draft?: string;
  replaces?: string;
  /** An id that the entry must have, and the moment of its tap: it was made before, by somebody else. */
  id?: string;
  at?: string;
}

/** What the server said of an entry. */
export interface Judged {
  clientMutationId: string;
  outcome: 'APPLIED' | 'MERGED' | 'REFUSED';
  problems: Problem[];
}

/** What a finished pull has brought to light about our entries. */
export interface Settlement {
  /** The server has not reached a number that it had judged: our counts have parted. */
  parted: boolean;
  /** It has lost what it had processed: everything that it knows of ours must be asked for. */
  forgot: boolean;
  /** What it had lost waits again. */
  resent: Resent | null;
}

/** The browser has thrown the store away while it was open. */
export class Evicted extends Error {}

const NOTHING: Settlement = { parted: false, forgot: false, resent: null };

/**
 * The journal of taps. Each write is one transaction with strict durability: the entry, its number and the
 * removal of its draft, or nothing. Nothing leaves but by a verdict or a person's own word.
 */
export class Outbox {
  constructor(private readonly database: UserDatabase) {}

  /** Resolves when the entry is on the disk, and not before. Throws when what it replaces was dealt with already. */
  async add(wanted: Wanted): Promise<Entry> {
    const { outbox, drafts, tray, meta, receipts } = this.database;
    return this.database.transaction('rw', [outbox, drafts, tray, meta, receipts], async () => {
      if (!(await meta.get('clientId'))) throw new Evicted();
      const known = wanted.id && ((await outbox.get({ clientMutationId: wanted.id })) ?? (await receipts.get(wanted.id)));
      if (known) return known;
      if (wanted.replaces && !(await tray.get(wanted.replaces))) throw new Error('This entry was dealt with already.');
      const clientSeq = ((await meta.get('nextSeq'))?.value as number | undefined) ?? 1;
      await meta.put({ key: 'nextSeq', value: clientSeq + 1 });
      const seen = (await meta.get('serverTime'))?.value as number | undefined;
      const entry = entryOf(wanted, clientSeq, seen ?? 0);
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
      // What replaced a refused entry holds all that is left of it.
      if (!entry || entry.attempts > 0 || entry.replaces) return false;
      await outbox.put(skipped(entry, 'UNDONE'));
      return true;
    });
  }

  all(): Promise<Entry[]> {
    return this.database.outbox.orderBy('clientSeq').toArray();
  }

  /** Outbox and tray of one moment. */
  read(): Promise<{ entries: Entry[]; tray: TrayEntry[] }> {
    const { outbox, tray } = this.database;
    return this.database.transaction('r', outbox, tray, async () => {
      const [entries, refused] = await Promise.all([outbox.orderBy('clientSeq').toArray(), tray.toArray()]);
      return { entries, tray: refused };
    });
  }

  /** The next entries to send, in order, marked as sent; stops at the first that may still be undone. */
  async take(most: number): Promise<Entry[]> {
    const { outbox } = this.database;
    return this.database.transaction('rw', outbox, async () => {
      const sent: Entry[] = [];
      let bytes = 0;
      for (const entry of await this.waiting()) {
        if (sent.length === most || dueIn(entry) > 0) break;
        bytes += sizeOf(entry);
        if (sent.length > 0 && bytes > MOST_BYTES) break;
        sent.push({ ...inServerTime(entry), attempts: entry.attempts + 1 });
      }
      await outbox.bulkPut(sent);
      return sent;
    });
  }

  /**
   * Milliseconds until what was never sent may be; undefined when there is nothing. 0 where its time came while the
   * others were being sent: nobody else would think of it before the next poll.
   */
  async dueIn(): Promise<number | undefined> {
    const next = (await this.waiting()).find(({ attempts }) => attempts === 0);
    return next && dueIn(next);
  }

  /** Whether an older app has sent something whose verdict we have not heard: ask before sending it in new words. */
  async hasUnheardOfAnOlderApp(): Promise<boolean> {
    return (await this.waiting()).some((entry) => entry.attempts > 0 && isOfAnOlderApp(entry));
  }

  /** Keeps what the server said. A refusal goes to the tray in the same transaction; the rest waits for its pull. */
  async judge(verdicts: readonly Judged[]): Promise<void> {
    const { outbox, tray, receipts } = this.database;
    await this.database.transaction('rw', outbox, tray, receipts, async () => {
      for (const said of verdicts) await this.hear(said);
    });
  }

  /**
   * The pull has passed these numbers: what was applied is in the truth now, and its entry may go. A verdict on a
   * number that the server has not reached is void: it was restored, or the entry has got a new number; sent again,
   * the server answers from its receipt or decides afresh.
   */
  async settle(processedThrough: number, verdicts: readonly Judged[]): Promise<Settlement> {
    const { outbox, tray, meta, receipts } = this.database;
    return this.database.transaction('rw', outbox, tray, meta, receipts, async () => {
      for (const said of verdicts) await this.hear(said, processedThrough);
      const all = await this.all();
      const passed = all.filter((entry) => entry.clientSeq <= processedThrough);
      const ahead = all.filter((entry) => entry.clientSeq > processedThrough && entry.verdict);
      const done = passed.filter((entry) => entry.verdict);
      await outbox.bulkDelete(done.map((entry) => entry.clientSeq));
      await keep(this.database, done);
      await outbox.bulkPut(ahead.map(unjudged));
      if (await this.database.read('restored')) return this.sendLostAgain(processedThrough, verdicts);
      if (processedThrough < ((await this.database.read<number>('settled')) ?? 0)) {
        await this.database.serverForgot();
        return { ...NOTHING, forgot: true };
      }
      const open = passed.filter((entry) => !entry.verdict).map((entry) => entry.clientSeq - 1);
      await meta.put({ key: 'settled', value: Math.min(processedThrough, ...open) });
      return { ...NOTHING, parted: ahead.length > 0 };
    });
  }

  private async sendLostAgain(lastSeq: number, verdicts: readonly Judged[]): Promise<Settlement> {
    const known = new Set(verdicts.map((said) => said.clientMutationId));
    return { ...NOTHING, resent: await sendLostAgain(this.database, lastSeq, known, await this.waiting()) };
  }

  async noteFailure(clientMutationId: string): Promise<number> {
    const { outbox } = this.database;
    return this.database.transaction('rw', outbox, async () => {
      const entry = await outbox.get({ clientMutationId });
      if (!entry || entry.verdict) return 0;
      await outbox.put({ ...entry, failures: entry.failures + 1 });
      return entry.failures + 1;
    });
  }

  /** Gives up an entry that can never be sent, and all that builds on what it would have made. */
  async park(poison: string, problems: Problem[], known: (id: string) => boolean, reason: SkipReason): Promise<void> {
    const { outbox, tray } = this.database;
    await this.database.transaction('rw', outbox, tray, async () => {
      const made = new Set<string>();
      const elsewhere = new Set<string>();
      for (const entry of await this.all()) {
        const names = [...idsIn(entry.variables)];
        const hit = !entry.verdict && (entry.clientMutationId === poison || names.some((id) => made.has(id)));
        for (const id of names) {
          if (!hit) elsewhere.add(id);
          else if (!known(id) && !elsewhere.has(id)) made.add(id);
        }
        if (!hit) continue;
        if (!OWN_VERBS.has(entry.verb)) await tray.put(inTray(entry, problems, true));
        await outbox.put(skipped(entry, reason));
      }
    });
  }

  /**
   * The server's count and ours have parted (it was restored from a backup, or a number was lost): what it has
   * not processed gets the numbers that follow its last one, in the same order. What it has a receipt for under
   * an earlier number is answered from that receipt.
   */
  async renumber(lastSeq: number): Promise<void> {
    const { outbox, meta } = this.database;
    await this.database.transaction('rw', outbox, meta, async () => {
      const moving = (await this.all()).filter((entry) => !entry.verdict || entry.clientSeq > lastSeq);
      await outbox.bulkDelete(moving.map((entry) => entry.clientSeq));
      await outbox.bulkPut(moving.map((entry, index) => ({ ...unjudged(entry), clientSeq: lastSeq + 1 + index })));
      await meta.put({ key: 'nextSeq', value: lastSeq + 1 + moving.length });
      const settled = ((await meta.get('settled'))?.value as number | undefined) ?? 0;
      await meta.put({ key: 'settled', value: Math.min(settled, lastSeq) });
    });
  }

  /** A full disk: what the server has makes room for what it has not. */
  async forgetReceipts(): Promise<void> {
    const { receipts, meta } = this.database;
    await this.database.transaction('rw', receipts, meta, () => forget(this.database));
  }

  private async waiting(): Promise<Entry[]> {
    return (await this.all()).filter((entry) => !entry.verdict);
  }

  /** One verdict, inside a transaction on outbox, tray and receipts. */
  private async hear({ clientMutationId, outcome, problems }: Judged, most = Infinity): Promise<void> {
    const { outbox, tray } = this.database;
    const entry = await outbox.get({ clientMutationId });
    if (!entry) return this.hearOfParked({ clientMutationId, outcome, problems });
    if (entry.clientSeq > most) return;
    if (outcome !== 'REFUSED') {
      await outbox.put({ ...entry, verdict: outcome, problems });
      return;
    }
    if (!OWN_VERBS.has(entry.verb)) await tray.put(inTray(entry, problems, false));
    await outbox.delete(entry.clientSeq);
  }

  /** Given up here, and yet the server had processed it: its verdict counts. */
  private async hearOfParked({ clientMutationId, outcome, problems }: Judged): Promise<void> {
    const { tray } = this.database;
    const parked = await tray.get(clientMutationId);
    if (!parked && outcome === 'REFUSED') await hearOfSettled(this.database, clientMutationId, problems);
    if (!parked?.parked) return;
    if (outcome === 'REFUSED') await tray.put({ ...parked, problems, parked: false });
    else await tray.delete(clientMutationId);
  }
}

export function entryOf(wanted: Wanted, clientSeq: number, seen: number): Entry {
  return {
    clientSeq,
    clientMutationId: wanted.id ?? newId(),
    verb: wanted.verb,
    version: wanted.version,
    variables: wanted.variables,
    at: wanted.at ?? tappedAt(seen),
    me: wanted.me,
    showroomId: wanted.showroomId,
    heldUntil: wanted.hold ? Date.now() + UNDO_MS : 0,
    attempts: 0,
    failures: 0,
    ...(wanted.at ? {} : { clock: { ahead: serverAhead.peek(), seen } }),
    ...(wanted.replaces ? { replaces: wanted.replaces } : {}),
  };
}

/** A clock that was set back must not hold an entry for longer than a person may undo it. */
function dueIn(entry: Entry): number {
  const left = entry.heldUntil - Date.now();
  return left > UNDO_MS ? 0 : Math.max(0, left);
}

const sizeOf = (entry: Entry): number => new TextEncoder().encode(JSON.stringify(inputOf(entry, entry.variables))).length;

export const wantedOf = <V extends object>(mutator: Mutator<V>, variables: V): Pick<Wanted, 'verb' | 'version' | 'variables'> => ({
  verb: mutator.name,
  version: mutator.version,
  variables: variables as Record<string, unknown>,
});
