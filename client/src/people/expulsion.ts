import { signal } from '@preact/signals';

import { StandingDocument } from '../api/generated/graphql';
import { send } from '../api/send';
import { handOver } from '../sync/handing';
import { clientIdOf, purge, unsentOf } from '../sync/leaving';
import * as device from './device';
import type { Expelled } from './device';

/** What somebody reads who may not go on here: why, how much was handed to their manager, how much still waits for that. */
export interface Farewell {
  why: Expelled;
  handed: number;
  waits: number;
}

export const farewell = signal<Farewell | null>(null);

const LEAST_MS = 30_000;
const leaving = new Map<string, Promise<Farewell>>();
let again: ReturnType<typeof setTimeout> | undefined;

/** What the server says of a person's store on this tablet; undefined when it says nothing: that is no reason to forget. */
export async function standingOf(personId: string): Promise<'WELCOME' | 'SIGN_IN' | Expelled | undefined> {
  const clientId = await clientIdOf(personId);
  if (!clientId) return undefined;
  const answer = await send(StandingDocument, { clientId }).catch(() => undefined);
  return answer?.standing;
}

/**
 * They have left, or a manager has barred this tablet: what it holds of customers is removed at once. What they typed
 * and the server has not processed goes to their manager, now or when the server can be reached, and then from here.
 */
export function expel(personId: string, why: Expelled): Promise<Farewell> {
  const running = leaving.get(personId) ?? showOut(personId, why).finally(() => leaving.delete(personId));
  leaving.set(personId, running);
  return running;
}

async function showOut(personId: string, why: Expelled): Promise<Farewell> {
  await device.change(personId, { expelled: why, locked: true, leaseEndsAt: 0 });
  await purge(personId);
  const waits = await unsentOf(personId);
  try {
    const handed = await handOver(personId, send);
    await device.forget(personId);
    return { why, handed, waits: 0 };
  } catch {
    clearTimeout(again);
    again = setTimeout(() => void seeToTheOthers(), LEAST_MS * (1 + Math.random()));
    return { why, handed: 0, waits };
  }
}

/** Whoever else has used this tablet and may not any more: their work must not lie here until they come back. */
export async function seeToTheOthers(): Promise<void> {
  for (const one of await device.people()) {
    if (one.personId === (await device.current())?.personId) continue;
    const standing = one.expelled ?? (await standingOf(one.personId));
    if (standing !== 'LEFT' && standing !== 'REVOKED') continue;
    const said = await expel(one.personId, standing);
    if (farewell.peek()?.waits && said.waits === 0) farewell.value = said;
  }
}
