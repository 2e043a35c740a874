import Dexie from 'dexie';

import { HandOverDocument, type HandedEntryInput } from '../api/generated/graphql';
import { SendError, type Send } from '../api/send';
import { newId } from '../ids';
import { idOf } from '../named_ids';
import { dropCaches, UserDatabase } from './database';
import { OWN_VERBS, type Entry, type TrayEntry } from './entry';
import { Outbox } from './outbox';
import { unkeptOf } from './unkept';

const BATCH = 25;
const MOST_BYTES = 600 * 1024;

/** What travels of one thing that was typed, as a JSON text: whatever was typed arrives as it was. */
export interface Content {
  variables: Record<string, unknown>;
  showroomId?: string;
  problems?: TrayEntry['problems'];
}

interface Piece {
  sent: HandedEntryInput;
  forget(): PromiseLike<unknown>;
}

/**
 * Gives all that a person has on this tablet alone to the server, for their manager, and removes each piece once the
 * server has it; then nothing of theirs is left here. Says how much it was. Throws SendError; what the server has
 * not confirmed stays.
 */
export async function handOver(personId: string, send: Send): Promise<number> {
  const database = new UserDatabase(personId);
  let handed = 0;
  try {
    const outbox = new Outbox(database);
    if (!(await unkeptOf(personId).keep((wanted) => outbox.add(wanted)))) throw new SendError('busy', 'DISK_FULL');
    const clientId = await database.read<string>('clientId');
    const pieces = clientId ? await piecesOf(database, clientId) : [];
    for (const batch of batchesOf(pieces)) {
      const input = { clientMutationId: newId(), clientId: clientId!, entries: batch.map((piece) => piece.sent) };
      await send(HandOverDocument, { input });
      await database.transaction('rw', database.outbox, database.tray, database.drafts, () => Promise.all(batch.map((piece) => piece.forget())));
      handed += batch.length;
    }
  } finally {
    database.close();
  }
  await dropCaches(personId);
  await Dexie.delete(`user-${personId}`);
  return handed;
}

async function piecesOf(database: UserDatabase, clientId: string): Promise<Piece[]> {
  const { outbox, tray, drafts } = database;
  const waiting = (await outbox.orderBy('clientSeq').toArray()).filter((entry) => !entry.verdict && !OWN_VERBS.has(entry.verb));
  return [
    ...waiting.map((entry) => ({ sent: handed('WAITING', entry), forget: () => outbox.delete(entry.clientSeq) })),
    ...(await tray.toArray()).map((entry) => ({
      sent: handed('REFUSED', entry, entry.problems),
      forget: () => tray.delete(entry.clientMutationId),
    })),
    ...(await drafts.toArray()).map(({ key, value, at }) => ({
      sent: draftOf(idOf(clientId, key), key, value, at),
      forget: () => drafts.delete(key),
    })),
  ];
}

function handed(kind: 'WAITING' | 'REFUSED', entry: Entry | TrayEntry, problems: TrayEntry['problems'] = []): HandedEntryInput {
  const { clientMutationId, verb, version, variables, showroomId, at } = entry;
  return { entryId: clientMutationId, kind, verb, version, tappedAt: at, content: textOf({ variables, showroomId, problems }) };
}

function draftOf(entryId: string, key: string, value: unknown, at: number): HandedEntryInput {
  const tappedAt = new Date(at).toISOString();
  return { entryId, kind: 'DRAFT', verb: key.slice(0, 60), version: 1, tappedAt, content: textOf({ variables: { value } }) };
}

const textOf = (content: Content): string => JSON.stringify(content);

function* batchesOf(pieces: readonly Piece[]): Generator<Piece[]> {
  let batch: Piece[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    // A text in a text: its quotation marks are written twice.
    const size = new TextEncoder().encode(JSON.stringify(piece.sent.content)).length;
    if (batch.length === BATCH || (batch.length > 0 && bytes + size > MOST_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(piece);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
