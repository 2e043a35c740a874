// What each outcome proposes as the next step and its day, so that one tap takes it.
import type { NextStep } from '../api/generated/graphql';
import type { FollowUpKind, FollowUpRow, LeadRow, Outcome, ShowroomRow } from '../model';
import { dayAfter, localDay } from '../showrooms/hours';
import { policiesOf } from '../showrooms/policies';
import { afterDays, iso, nextPlan, onDay } from './cadence';
import { touchKindOf } from './mutators';
import { calendarOf } from './next_step';

export const OUTCOMES = ['REACHED', 'NO_ANSWER', 'WILL_COME_IN', 'NOT_NOW'] as const satisfies readonly Outcome[];
export type Offered = (typeof OUTCOMES)[number];

export interface Proposal {
  kind: FollowUpKind;
  dueAt: string;
  /** Only for "not now": the day until which the lead sleeps. */
  reviveOn?: string;
  /** False where the server plans it by itself, and says why. */
  send: boolean;
}

export interface Asked {
  outcome: Offered;
  lead: Pick<LeadRow, 'level' | 'status'>;
  followUp: Pick<FollowUpRow, 'kind'>;
  /** Of the same lead, open besides this one. */
  others: readonly Pick<FollowUpRow, 'kind' | 'dueAt'>[];
  showroom: ShowroomRow | undefined;
  now: string;
  /** The day that a chip chose, or null for the proposed one. */
  day: string | null;
}

export function proposal({ outcome, lead, followUp, others, showroom, now, day }: Asked): Proposal {
  const calendar = calendarOf(showroom);
  const policies = policiesOf(showroom);
  if (outcome === 'NOT_NOW') {
    const reviveOn = day ?? dayAfter(localDay(Date.parse(now), calendar.timeZone), policies.cadence.NURTURE ?? 90);
    return { kind: 'CALL', dueAt: iso(onDay(reviveOn, calendar)), reviveOn, send: true };
  }
  const kind = outcome === 'WILL_COME_IN' ? 'APPOINTMENT' : 'CALL';
  if (day) return { kind, dueAt: iso(onDay(day, calendar)), send: true };
  if (outcome === 'WILL_COME_IN') return { kind, dueAt: iso(afterDays(Date.parse(now), 1, calendar)), send: true };
  const [planned] = [...others].sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  if (planned) return { ...planned, send: false };
  const last = { kind: touchKindOf(followUp.kind, outcome), outcome, at: now };
  const plan = nextPlan(lead.level, { now, last, policies, calendar });
  return { kind, dueAt: plan.dueAt, send: lead.status === 'WON' };
}

export function stepOf(proposed: Proposal, id: string): NextStep | undefined {
  return proposed.send ? { followUpId: id, dueAt: proposed.dueAt, kind: proposed.kind } : undefined;
}
