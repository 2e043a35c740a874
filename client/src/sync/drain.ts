import { PushDocument, type EntryInput } from '../api/generated/graphql';
import { SendError, type Send } from '../api/send';
import { newId } from '../ids';
import { inputOf, OWN_VERBS, type Entry, type Problem } from './entry';
import { upgraded } from './mutator';
import type { Judged, Outbox } from './outbox';

export const BATCH = 25;
const TRIES = 5;

const UNKNOWN: Problem = { code: 'UNKNOWN_VERB', message: '' };
const BROKEN: Problem = { code: 'PARKED', message: '' };

interface Line {
  outbox: Outbox;
  send: Send;
  clientId: string;
  /** Whether the truth has this id: then it was not made by the entry that failed. */
  known(id: string): boolean;
  /** Our numbers and the server's have parted. */
  reconcile(): Promise<void>;
  changed(): Promise<void>;
}

/** Sends what waits, in order, until nothing does. Throws SendError when nobody answers; nothing is lost then. */
export async function drain(line: Line): Promise<void> {
  let size = BATCH;
  for (;;) {
    const entries = await line.outbox.take(size);
    if (entries.length === 0) return;
    const stranger = entries.find((entry) => !sendable(entry));
    if (stranger) {
      await line.outbox.park(stranger, [UNKNOWN], line.known);
      await line.changed();
      continue;
    }
    try {
      size = (await pushed(line, entries)) ? BATCH : 1;
    } catch (error) {
      if (!(error instanceof SendError) || error.failure !== 'rejected') throw error;
      // The server could not even read the batch. One by one, so that one bad entry does not hold the others.
      if (entries.length === 1) await failed(line, entries[0]!, [{ ...BROKEN, message: error.message }]);
      size = 1;
    }
  }
}

/** One batch. True when every entry got its verdict. */
async function pushed(line: Line, entries: Entry[]): Promise<boolean> {
  const { push } = await line.send(PushDocument, {
    input: { clientMutationId: newId(), clientId: line.clientId, entries: entries.map(toSend) },
  });
  const judged = push.results.filter((result) => result.outcome !== 'FAILED' && result.outcome !== 'OUT_OF_ORDER');
  await line.outbox.judge(judged as Judged[]);
  await line.changed();
  const stopped = push.results.find((result) => result.outcome === 'FAILED' || result.outcome === 'OUT_OF_ORDER');
  if (!stopped) return true;
  if (stopped.outcome === 'OUT_OF_ORDER') {
    await line.reconcile();
    return false;
  }
  const entry = entries.find((one) => one.clientMutationId === stopped.clientMutationId)!;
  await failed(line, entry, stopped.problems);
  return false;
}

async function failed(line: Line, entry: Entry, problems: Problem[]): Promise<void> {
  const failures = await line.outbox.noteFailure(entry.clientMutationId);
  if (failures < TRIES) throw new SendError('busy', 'FAILED');
  await line.outbox.park(entry, problems.length ? problems : [BROKEN], line.known);
  await line.changed();
}

const sendable = (entry: Entry): boolean =>
  OWN_VERBS.has(entry.verb) || upgraded(entry.verb, entry.version, entry.variables) !== undefined;

function toSend(entry: Entry): EntryInput {
  const variables = OWN_VERBS.has(entry.verb) ? entry.variables : upgraded(entry.verb, entry.version, entry.variables)!;
  const verb = { [entry.verb]: inputOf(entry, variables) } as unknown as EntryInput['verb'];
  return { clientSeq: entry.clientSeq, version: entry.version, verb };
}
