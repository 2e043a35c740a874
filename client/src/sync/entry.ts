import { newId } from '../ids';
import { idOf } from '../named_ids';
import { mutatorOf, upgraded, type At } from './mutator';
import type { TapClock } from './tapping';

export interface Problem {
  code: string;
  field?: string | null;
  message: string;
  details?: unknown;
}

export type Verdict = 'APPLIED' | 'MERGED' | 'REFUSED';

/** One mutation in the outbox: what was tapped, in the order of taps, until the server has settled it. */
export interface Entry {
  clientSeq: number;
  clientMutationId: string;
  verb: string;
  version: number;
  variables: Record<string, unknown>;
  /** When it was tapped, by the device's clock set right by the server's. */
  at: string;
  me: string;
  showroomId: string;
  /** Not sent before this moment (milliseconds): the person may still undo it. */
  heldUntil: number;
  /** How often it was sent; undone only while this is 0. */
  attempts: number;
  /** How often the server failed on it for a fault of its own. */
  failures: number;
  verdict?: Verdict;
  problems?: Problem[];
  /** The refused entry that this one mends. */
  replaces?: string;
  clock?: TapClock;
}

/** Refused, or given up as a bug: it waits here for a person, with everything that was typed. */
export interface TrayEntry {
  clientMutationId: string;
  verb: string;
  version: number;
  variables: Record<string, unknown>;
  at: string;
  showroomId: string;
  problems: Problem[];
  parked: boolean;
  since: number;
}

/** What the outbox itself says to the server; shows nothing. */
export const OWN_VERBS = new Set(['skipEntry', 'discardEntry']);

export const atOf = (entry: Entry): At => ({
  me: entry.me,
  showroomId: entry.showroomId,
  now: entry.at,
  id: (name) => idOf(entry.clientMutationId, name),
});

/** The verb's input as it is sent. */
export function inputOf(entry: Entry, variables: Record<string, unknown>): Record<string, unknown> {
  const input = { ...variables, clientMutationId: entry.clientMutationId };
  if (entry.verb === 'skipEntry') return input;
  const mends = entry.replaces && !OWN_VERBS.has(entry.verb) ? { replacesId: entry.replaces } : {};
  return { ...input, ...mends, happenedAt: entry.at, showroomId: entry.showroomId };
}

/** What was typed, as this app understands it, or undefined where it knows the verb or its version no more. */
export const variablesOf = (entry: Entry): Record<string, unknown> | undefined =>
  OWN_VERBS.has(entry.verb) ? entry.variables : upgraded(entry.verb, entry.version, entry.variables);

/** Whether this app would send it with other words than the app that it was tapped in. */
export const isOfAnOlderApp = (entry: Entry): boolean =>
  !OWN_VERBS.has(entry.verb) && mutatorOf(entry.verb)?.version !== entry.version;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export const idsIn = (variables: unknown): Set<string> => new Set(JSON.stringify(variables).match(UUID) ?? []);

export const inTray = (entry: Entry, problems: Problem[], parked: boolean): TrayEntry => ({
  clientMutationId: entry.clientMutationId,
  verb: entry.verb,
  version: entry.version,
  variables: entry.variables,
  at: entry.at,
  showroomId: entry.showroomId,
  problems,
  parked,
  since: Date.now(),
});

export type SkipReason = 'UNDONE' | 'PARKED' | 'UNKNOWN_VERB' | 'LOST_BY_SERVER';

/** The same number, given up: a fresh id, since the old one may be known to the server under another body. */
export function skipped(entry: Entry, reason: SkipReason, skippedId: string | null = entry.clientMutationId): Entry {
  const { replaces: _gone, ...rest } = entry;
  return {
    ...rest,
    clientMutationId: newId(),
    verb: 'skipEntry',
    version: 1,
    variables: { skippedId, reason },
    heldUntil: 0,
    attempts: 0,
    failures: 0,
  };
}

export function unjudged(entry: Entry): Entry {
  const { verdict: _verdict, problems: _problems, ...rest } = entry;
  return rest;
}
