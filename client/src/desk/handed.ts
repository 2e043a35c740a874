// What people who may not send it any more had typed: fetched, since no tablet carries it, and dealt with online.
import { signal } from '@preact/signals';

import { EndHandedOverDocument, HandedOverDocument, type HandedOverQuery } from '../api/generated/graphql';
import { send } from '../api/send';
import { newId } from '../ids';
import { idOf } from '../named_ids';
import type { Refused } from '../refusals/words';
import type { Content } from '../sync/handing';
import { mutatorOf, upgraded } from '../sync/mutator';
import { addFor } from '../sync/store';

type Row = HandedOverQuery['handedOver'][number];

/** One of them, in the shape in which the tray shows an entry. `canTake`: this app knows how to send it. */
export interface Handed extends Refused {
  id: string;
  person: string;
  why: Row['why'];
  kind: Row['kind'];
  canTake: boolean;
}

/** Undefined until the server has been asked. */
export const handed = signal<readonly Handed[] | undefined>(undefined);

/** Asks the server; what was heard before stays when it does not answer. */
export async function fetchHanded(): Promise<void> {
  const answer = await send(HandedOverDocument, {}).catch(() => undefined);
  if (answer) handed.value = answer.handedOver.map(handedOf);
}

function handedOf(row: Row): Handed {
  const read = contentOf(row.content);
  const content = read ?? { variables: { text: row.content } };
  const variables = read && row.kind !== 'DRAFT' ? upgraded(row.verb, row.version, content.variables) : undefined;
  return {
    id: row.uuid, person: row.personName, why: row.why, kind: row.kind, canTake: variables !== undefined,
    clientMutationId: idOf(row.uuid, 'taken over'), verb: row.verb, version: mutatorOf(row.verb)?.version ?? row.version,
    variables: variables ?? content.variables, at: row.tappedAt, showroomId: content.showroomId ?? row.showroomId,
    problems: content.problems ?? [], parked: false, since: Date.parse(row.handedAt),
  };
}

/** Undefined where it is no content: then it is shown as it stands. */
function contentOf(text: string): Content | undefined {
  try {
    const content = JSON.parse(text) as Partial<Content>;
    return content.variables ? { ...content, variables: content.variables } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * It becomes the manager's own: an entry of their outbox, of the moment at which it was tapped, and under an id that
 * is made of what was handed over, so that taking it over twice sends it once. Only then it leaves the list.
 */
export async function takeOver(one: Handed): Promise<void> {
  await addFor({ verb: one.verb, version: one.version, variables: one.variables, showroomId: one.showroomId, id: one.clientMutationId, at: one.at });
  await end(one, 'TAKEN_OVER');
}

/** Somebody has seen to it by hand, or it is of no use: it leaves the list, and the server keeps the record. */
export const discardHanded = (one: Handed): Promise<void> => end(one, 'DISCARDED');

async function end(one: Handed, ending: 'TAKEN_OVER' | 'DISCARDED'): Promise<void> {
  const { endHandedOver } = await send(EndHandedOverDocument, { input: { clientMutationId: newId(), id: one.id, ending } });
  void fetchHanded();
  if (endHandedOver.problems.length > 0) throw new Error(endHandedOver.problems[0]!.message);
  handed.value = handed.peek()?.filter((other) => other.id !== one.id);
}
