import { PushDocument, type EntryInput } from '../api/generated/graphql';
import { SendError, type Send } from '../api/send';
import { newId } from '../ids';
import { inputOf, OWN_VERBS, variablesOf, type Entry, type Problem } from './entry';
import { mutatorOf } from './mutator';
import type { Judged, Outbox } from './outbox';

export const BATCH = 25;
const MOST_RECONCILING = 3;

const UNKNOWN: Problem = { code: 'UNKNOWN_VERB', message: '' };

export interface Draining {
  outbox: Outbox;
  send: Send;
  clientId: string;
  /** Whether the truth has this id: then it was not made by the entry that failed. */
  known(id: string): boolean;
  /** Our numbers and the server's have parted. */
  reconcile(): Promise<void>;
  changed(): Promise<void>;
}

/** An entry that the server could neither take nor refuse. */
export interface Fault {
  entry: Entry;
  problems: Problem[];
}

/**
 * Sends what waits, in order, until nothing does, or until an entry is at fault, which it returns. Throws SendError
 * when nobody answers; nothing is lost then.
 */
export async function drain(draining: Draining): Promise<Fault | undefined> {
  const { outbox } = draining;
  let size = BATCH;
  let reconciled = 0;
  for (;;) {
    const entries = await outbox.take(size);
    if (entries.length === 0) return undefined;
    const stranger = entries.find((entry) => !variablesOf(entry));
    if (stranger) {
      await outbox.park(stranger.clientMutationId, [UNKNOWN], draining.known, 'UNKNOWN_VERB');
      await draining.changed();
      continue;
    }
    const ended = await pushed(draining, entries);
    if (ended === 'unread' && entries.length > 1) size = 1;
    else if (ended === 'parted') {
      reconciled += 1;
      if (reconciled > MOST_RECONCILING) throw new SendError('busy', 'OUT_OF_ORDER');
      await draining.reconcile();
    } else if (ended === 'done') size = BATCH;
    else return ended === 'unread' ? { entry: entries[0]!, problems: [] } : ended;
  }
}

/** One batch: all have their verdict, or the server could not read it, or our numbers have parted, or one is at fault. */
async function pushed(draining: Draining, entries: Entry[]): Promise<'done' | 'unread' | 'parted' | Fault> {
  const { outbox, send, clientId } = draining;
  const input = { clientMutationId: newId(), clientId, entries: entries.map(toSend) };
  const answer = await send(PushDocument, { input }).catch((error: unknown) => {
    if (error instanceof SendError && error.failure === 'rejected') return undefined;
    throw error;
  });
  if (!answer) return 'unread';
  const { results } = answer.push;
  const stopped = results.find((result) => result.outcome === 'FAILED' || result.outcome === 'OUT_OF_ORDER');
  await outbox.judge(results.filter((result) => result !== stopped) as Judged[]);
  await draining.changed();
  if (!stopped) return 'done';
  if (stopped.outcome === 'OUT_OF_ORDER') return 'parted';
  const entry = entries.find((one) => one.clientMutationId === stopped.clientMutationId);
  return entry ? { entry, problems: stopped.problems } : 'parted';
}

function toSend(entry: Entry): EntryInput {
  const verb = { [entry.verb]: inputOf(entry, variablesOf(entry)!) } as unknown as EntryInput['verb'];
  const version = OWN_VERBS.has(entry.verb) ? 1 : mutatorOf(entry.verb)!.version;
  return { clientSeq: entry.clientSeq, version, verb };
}
