import type { UserDatabase } from './database';
import { inTray, OWN_VERBS, skipped, type Entry, type Problem } from './entry';

/** An entry that the server has judged and a pull has passed, kept for the day on which the server has lost it. */
export type Settled = Entry & { settledAt: number };

/** What the person is told after the server came back from a backup. */
export interface Resent {
  /** How many entries were sent again. */
  count: number;
  /** What was entered up to then is not on this tablet any more: the moment of the newest of it, or null. */
  missingUntil: string | null;
}

/** A backup that is older is no backup; what was tapped before that the server would refuse anyway. */
const LONGEST_MS = 30 * 86_400_000;
const MOST = 2_000;

/** Keeps what has been settled, within bounds. Inside a transaction on receipts and meta. */
export async function keep(database: UserDatabase, entries: readonly Entry[], most = MOST): Promise<void> {
  const settledAt = Date.now();
  const typed = entries.filter((entry) => entry.verb !== 'skipEntry');
  if (typed.length === 0) return;
  await database.receipts.bulkPut(typed.map((entry) => ({ ...entry, settledAt })));
  const tooOld = await database.receipts.where('settledAt').below(settledAt - LONGEST_MS).primaryKeys();
  const spare = (await database.receipts.count()) - tooOld.length - most;
  // A few more than needed at once, or every settlement from here on would have to look for the oldest.
  const tooMany = spare > 0 ? await database.receipts.orderBy('settledAt').offset(tooOld.length).limit(spare + most / 20).primaryKeys() : [];
  await forget(database, [...tooOld, ...tooMany]);
}

/** Lets receipts go, all of them where none are named, and remembers that there were some. */
export async function forget(database: UserDatabase, ids?: readonly string[]): Promise<void> {
  const { receipts } = database;
  const going = ids ? (await receipts.bulkGet([...ids])).filter((one) => one !== undefined) : await receipts.toArray();
  await receipts.bulkDelete(going.map((one) => one.clientMutationId));
  await rememberForgotten(database, going);
}

/** Entries that the server has judged and this tablet keeps no longer. */
export async function rememberForgotten(database: UserDatabase, gone: readonly Entry[]): Promise<void> {
  if (gone.length === 0) return;
  const before = await database.read<Forgotten>('forgotten');
  const newest = gone.reduce((one, other) => (one.clientSeq > other.clientSeq ? one : other));
  if (newest.clientSeq > (before?.through ?? 0)) await database.write('forgotten', { through: newest.clientSeq, at: newest.at });
}

interface Forgotten {
  through: number;
  at: string;
}

/**
 * The server was restored, and `known` is all that it knows of this store: what it has lost waits again, before all that
 * waits already, since that may build on it. Where this tablet, too, has let go of some, the gap is given up by a
 * skip, which the server keeps in its audit. Inside a transaction on outbox, receipts and meta.
 */
export async function sendLostAgain(
  database: UserDatabase,
  lastSeq: number,
  known: ReadonlySet<string>,
  waiting: readonly Entry[],
): Promise<Resent | null> {
  const lost = await takeLost(database, known);
  const missing = await missingUntil(database, lastSeq);
  const [first] = [...lost, ...waiting];
  const gap = missing && first ? [skipped(first, 'LOST_BY_SERVER', null)] : [];
  const again = [...gap, ...lost, ...waiting].map((entry, index) => ({ ...entry, clientSeq: lastSeq + 1 + index }));
  await database.outbox.bulkDelete(waiting.map((entry) => entry.clientSeq));
  await database.outbox.bulkPut(again);
  await database.meta.bulkPut([
    { key: 'nextSeq', value: lastSeq + 1 + again.length },
    { key: 'settled', value: lastSeq },
    { key: 'restored', value: false },
  ]);
  return told(database, lost.filter((entry) => !OWN_VERBS.has(entry.verb)).length, missing);
}

/** What the person is told, with what they have not yet read of an earlier time. */
async function told(database: UserDatabase, count: number, missing: string | null): Promise<Resent | null> {
  if (count === 0 && !missing) return null;
  const before = await database.read<Resent>('resent');
  const resent = { count: count + (before?.count ?? 0), missingUntil: missing ?? before?.missingUntil ?? null };
  await database.write('resent', resent);
  return resent;
}

/** What the restored server knows nothing of, in the order of its taps; it leaves the receipts with that. */
async function takeLost(database: UserDatabase, known: ReadonlySet<string>): Promise<Entry[]> {
  const lost = (await database.receipts.toArray()).filter((one) => !known.has(one.clientMutationId));
  await database.receipts.bulkDelete(lost.map((one) => one.clientMutationId));
  return lost.sort((one, other) => one.clientSeq - other.clientSeq).map(waitingAgain);
}

/** Until when the server has lost entries that are not here any more, either; from now on that is said and done. */
async function missingUntil(database: UserDatabase, lastSeq: number): Promise<string | null> {
  const forgotten = await database.read<Forgotten>('forgotten');
  if (!forgotten || forgotten.through <= lastSeq) return null;
  await database.write('forgotten', { ...forgotten, through: lastSeq });
  return forgotten.at;
}

/** Of an entry that was applied the restored server says that it is refused: it needs the person, as any other. */
export async function hearOfSettled(database: UserDatabase, clientMutationId: string, problems: Problem[]): Promise<void> {
  const settled = await database.receipts.get(clientMutationId);
  if (!settled) return;
  await database.tray.put(inTray(settled, problems, false));
  await database.receipts.delete(clientMutationId);
}

function waitingAgain({ settledAt: _settledAt, verdict: _verdict, problems: _problems, ...entry }: Settled): Entry {
  return { ...entry, failures: 0 };
}
