// No open lead is ever without a next step: what the tablet shows of it, as server/follow_ups/next_step.py keeps it.
import type { NextStep } from '../api/generated/graphql';
import type { FollowUpKind, FollowUpRow, LeadRow, Outcome, Reason, ShowroomRow, TouchRow } from '../model';
import { isUnsettled, setStatus } from '../leads/touching';
import type { Calendar } from '../showrooms/hours';
import { policiesOf } from '../showrooms/policies';
import type { At, Draft } from '../sync/mutator';
import { nextPlan, revival, type Happened, type Plan } from './cadence';

/** Planned by the server from what happened last: the next thing that happens settles them. */
const AUTOMATIC: readonly Reason[] = ['FIRST_CONTACT', 'CADENCE', 'NO_ANSWER', 'AFTER_VISIT', 'AFTER_TEST_DRIVE'];
export const CONTACTING: readonly FollowUpKind[] = ['CALL', 'MESSAGE', 'EMAIL'];

/** The earliest first. */
export function openOnes(draft: Pick<Draft, 'by'>, leadId: string): FollowUpRow[] {
  const open = draft.by('followUps', 'leadId', leadId).filter((row) => row.status === 'OPEN');
  return open.sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
}

interface Why {
  reason?: Reason;
  facts?: Record<string, unknown>;
}

/** The step that a person chose; without one there is one all the same. */
export function planNext(draft: Draft, leadId: string, step: NextStep | null | undefined, at: At, { reason = 'PLANNED', facts = {} }: Why = {}): void {
  if (!step) return ensureNextStep(draft, leadId, at);
  addStep(draft, leadId, { id: step.followUpId, plan: { dueAt: step.dueAt, reason, facts }, kind: step.kind, note: step.note }, at);
}

/** Called where a lead could be left bare. Keeps `nextStepAt` true. */
export function ensureNextStep(draft: Draft, leadId: string, at: At): void {
  const lead = draft.get('leads', leadId);
  if (!lead) return;
  if (openOnes(draft, leadId).length || !isUnsettled(lead)) return remember(draft, leadId);
  planDefault(draft, lead, at);
}

/** From what happened last, else by the level's cadence; under the id that the server will give it. */
export function planDefault(draft: Draft, lead: LeadRow, at: At): void {
  const showroom = draft.get('showrooms', lead.showroomId);
  const plan = lead.status === 'NOT_NOW' && lead.reviveOn
    ? revival(lead.reviveOn, { now: at.now, calendar: calendarOf(showroom) })
    : defaultPlan(lead, { now: at.now, showroom, last: lastHappened(draft.by('touches', 'leadId', lead.id)) });
  addStep(draft, lead.id, { id: at.id('next'), plan }, at);
}

export function defaultPlan(lead: Pick<LeadRow, 'level'>, { now, showroom, last }: { now: string; showroom: ShowroomRow | undefined; last: Happened | null }): Plan {
  return nextPlan(lead.level, { now, last, policies: policiesOf(showroom), calendar: calendarOf(showroom) });
}

export function addStep(draft: Draft, leadId: string, { id, plan, kind = 'CALL', note = '' }: { id: string; plan: Plan; kind?: FollowUpKind; note?: string }, at: At): void {
  const lead = draft.get('leads', leadId);
  if (!lead) return;
  const silent = draft.get('customers', lead.customerId)?.doNotContact && CONTACTING.includes(kind);
  draft.put('followUps', {
    id, kind: silent ? 'OTHER' : kind, reason: plan.reason, reasonFacts: plan.facts, note: note.trim(), dueAt: plan.dueAt, firstDueAt: plan.dueAt,
    snoozed: 0, status: 'OPEN', outcome: null, touchId: null, doneAt: null, doneById: null, createdAt: at.now,
    customerId: lead.customerId, leadId, ownerId: lead.ownerId, showroomId: lead.showroomId,
  });
  remember(draft, leadId);
}

/** What the server had planned is done when the customer was met or spoken to in another way. */
export function settleBy(draft: Draft, leadId: string, touch: Pick<TouchRow, 'id' | 'kind' | 'outcome'>, at: At): void {
  if (!settles(touch)) return;
  for (const row of openOnes(draft, leadId)) {
    if (AUTOMATIC.includes(row.reason)) done(draft, row.id, { outcome: touch.outcome ?? 'OTHER', touchId: touch.id }, at);
  }
  remember(draft, leadId);
}

export function done(draft: Draft, id: string, { outcome, touchId }: { outcome: Outcome; touchId: string | null }, at: At): void {
  draft.patch('followUps', id, { status: 'DONE', outcome, touchId, doneAt: at.now, doneById: at.me });
}

export function cancelAll(draft: Draft, leadId: string, at: At): void {
  for (const row of openOnes(draft, leadId)) draft.patch('followUps', row.id, { status: 'CANCELLED', doneAt: at.now, doneById: at.me });
  remember(draft, leadId);
}

/** "Not now": asleep until a day, with one follow-up that wakes it. */
export function rest(draft: Draft, leadId: string, { reviveOn, step, facts }: { reviveOn: string; step?: NextStep | null; facts?: Record<string, unknown> }, at: At): void {
  cancelAll(draft, leadId, at);
  draft.patch('leads', leadId, { reviveOn });
  setStatus(draft, leadId, 'NOT_NOW', at);
  if (step) planNext(draft, leadId, step, at, { reason: 'REVIVE', facts: { on: reviveOn, ...facts } });
  else ensureNextStep(draft, leadId, at);
}

/** The newest touch that reached out or met the customer; notes tell nothing about when to call. */
export function lastHappened(touches: readonly TouchRow[]): Happened | null {
  let last: TouchRow | null = null;
  for (const touch of touches) {
    if (touch.kind !== 'NOTE' && (!last || touch.happenedAt > last.happenedAt)) last = touch;
  }
  if (!last) return null;
  const car = last.about?.['car'];
  return { kind: last.kind, outcome: last.outcome, at: last.happenedAt, ...(typeof car === 'string' && { car }) };
}

export function calendarOf(showroom: ShowroomRow | undefined): Calendar {
  return { openingHours: showroom?.openingHours ?? {}, timeZone: showroom?.timeZone ?? 'UTC' };
}

function settles({ kind, outcome }: Pick<TouchRow, 'kind' | 'outcome'>): boolean {
  if (kind === 'VISIT' || kind === 'TEST_DRIVE' || kind === 'QUOTE') return true;
  return kind !== 'NOTE' && outcome !== null && outcome !== 'NO_ANSWER';
}

export function remember(draft: Draft, leadId: string): void {
  draft.patch('leads', leadId, { nextStepAt: openOnes(draft, leadId)[0]?.dueAt ?? null });
}
