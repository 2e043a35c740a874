import type { ApplyForLossInput, ApproveLossInput, CloseWonInput, PostponeLeadInput, RefuseLossInput, ReviveLeadInput } from '../api/generated/graphql';
import { addStep, calendarOf, cancelAll, planNext, rest } from '../follow_ups/next_step';
import { afterDays, iso } from '../follow_ups/cadence';
import { advance, isUnsettled, setStatus, touch } from '../leads/touching';
import type { LossStatus } from '../model';
import { dayAfter, localDay } from '../showrooms/hours';
import { policiesOf } from '../showrooms/policies';
import { defineMutator, type At, type Draft, type VariablesOf } from '../sync/mutator';

/** How long a household is left in peace after an order. */
const QUIET = 90;

export const closeWon = defineMutator<VariablesOf<CloseWonInput>>({
  name: 'closeWon',
  show(draft, { id, leadId, price, currency, vehicleId = null, description = '', nextStep }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead) return;
    const showroom = draft.get('showrooms', lead.showroomId);
    const car = draft.get('vehicles', vehicleId);
    draft.put('sales', {
      id, description: description.trim(), price: Number(price).toFixed(2), currency: currency ?? showroom?.currency ?? lead.currency, soldById: lead.ownerId ?? at.me,
      orderedAt: at.now, deliveredAt: null, cancelledAt: null, customerId: lead.customerId, leadId, showroomId: lead.showroomId, vehicleId,
    });
    if (car) {
      draft.patch('vehicles', car.id, { status: 'SOLD', soldAt: at.now });
      callOff(draft, 'vehicleId', car.id, 'CAR_SOLD');
    }
    for (const loss of draft.by('lossApplications', 'leadId', leadId)) if (loss.status === 'APPLIED') decide(draft, loss.id, 'WITHDRAWN', '', at);
    stop(draft, leadId, 'ORDERED', at);
    draft.patch('leads', leadId, { level: 'O' });
    advance(draft, leadId, 'ORDERED');
    setStatus(draft, leadId, 'WON', at);
    const facts = { car: car ? `${car.make} ${car.model}`.trim() : description.trim() };
    if (nextStep) planNext(draft, leadId, nextStep, at, { reason: 'DELIVERY', facts });
    else {
      const days = policiesOf(showroom).cadence.O ?? 3;
      addStep(draft, leadId, { id: at.id('next'), plan: { dueAt: iso(afterDays(Date.parse(at.now), days, calendarOf(showroom))), reason: 'DELIVERY', facts } }, at);
    }
    leaveInPeace(draft, leadId, at);
  },
});

export const applyForLoss = defineMutator<VariablesOf<ApplyForLossInput>>({
  name: 'applyForLoss',
  show(draft, { id, leadId, reason, rival = '', evidence = '' }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead) return;
    draft.put('lossApplications', {
      id, reason, rival: rival.trim(), evidence: evidence.trim(), status: 'APPLIED', appliedById: at.me, appliedAt: at.now,
      decidedById: null, decidedAt: null, decisionNote: '', customerId: lead.customerId, leadId, showroomId: lead.showroomId,
    });
  },
});

export const approveLoss = defineMutator<VariablesOf<ApproveLossInput>>({
  name: 'approveLoss',
  show(draft, { id, note = '' }, at) {
    const loss = draft.get('lossApplications', id);
    if (loss?.status !== 'APPLIED') return;
    decide(draft, id, 'APPROVED', note, at);
    stop(draft, loss.leadId, 'LOST', at);
    setStatus(draft, loss.leadId, 'LOST', at);
  },
});

export const refuseLoss = defineMutator<VariablesOf<RefuseLossInput>>({
  name: 'refuseLoss',
  show(draft, { id, note = '', nextStep }, at) {
    const loss = draft.get('lossApplications', id);
    if (loss?.status !== 'APPLIED') return;
    decide(draft, id, 'REFUSED', note, at);
    const facts = { by: draft.get('people', at.me)?.name ?? '', note: note.trim().slice(0, 200) };
    if (nextStep) return planNext(draft, loss.leadId, nextStep, at, { reason: 'LOSS_REFUSED', facts });
    const due = afterDays(Date.parse(at.now), 1, calendarOf(draft.get('showrooms', loss.showroomId)));
    addStep(draft, loss.leadId, { id: at.id('next'), plan: { dueAt: iso(due), reason: 'LOSS_REFUSED', facts } }, at);
  },
});

export const postponeLead = defineMutator<VariablesOf<PostponeLeadInput>>({
  name: 'postponeLead',
  show(draft, { leadId, reviveOn, text = '', nextStep }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead) return;
    if (text.trim()) touch(draft, lead, { id: at.id('touch'), kind: 'NOTE', outcome: 'NOT_NOW', text }, at);
    stop(draft, leadId, 'NOT_NOW', at);
    rest(draft, leadId, { reviveOn, step: nextStep }, at);
  },
});

export const reviveLead = defineMutator<VariablesOf<ReviveLeadInput>>({
  name: 'reviveLead',
  show(draft, { leadId, level, nextStep }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead || lead.status === 'OPEN' || lead.status === 'WON') return;
    cancelAll(draft, leadId, at);
    draft.patch('leads', leadId, { level: level ?? lead.level, ownerId: lead.ownerId ?? at.me });
    setStatus(draft, leadId, 'OPEN', at);
    planNext(draft, leadId, nextStep, at);
  },
});

/** Nothing of what was planned for selling goes on. */
function stop(draft: Draft, leadId: string, reason: string, at: At): void {
  callOff(draft, 'leadId', leadId, reason);
  cancelAll(draft, leadId, at);
}

function callOff(draft: Draft, field: 'leadId' | 'vehicleId', id: string, reason: string): void {
  for (const drive of draft.by('testDrives', field, id)) {
    if (drive.status === 'BOOKED') draft.patch('testDrives', drive.id, { status: 'CANCELLED', cancelReason: reason });
  }
}

function decide(draft: Draft, id: string, status: LossStatus, note: string, at: At): void {
  draft.patch('lossApplications', id, { status, decidedById: at.me, decidedAt: at.now, decisionNote: note.trim() });
}

/** Leads of the household, and of the same person elsewhere, sleep: still with a next step. */
function leaveInPeace(draft: Draft, wonId: string, at: At): void {
  const won = draft.get('leads', wonId);
  const customer = draft.get('customers', won?.customerId);
  const showroom = draft.get('showrooms', won?.showroomId);
  if (!customer || !showroom) return;
  const others = [
    ...(customer.householdId ? draft.by('customers', 'householdId', customer.householdId) : []),
    ...draft.by('customers', 'identityId', customer.identityId),
  ];
  const reviveOn = dayAfter(localDay(Date.parse(at.now), showroom.timeZone), QUIET);
  for (const other of others) {
    for (const lead of draft.by('leads', 'customerId', other.id)) {
      if (lead.id === wonId || !isUnsettled(lead)) continue;
      stop(draft, lead.id, 'ORDERED_ELSEWHERE', at);
      const calendar = calendarOf(draft.get('showrooms', lead.showroomId));
      const step = { followUpId: at.id(`quiet ${lead.id}`), dueAt: iso(afterDays(Date.parse(at.now), QUIET, calendar)) };
      rest(draft, lead.id, { reviveOn, step, facts: { because: 'ORDERED_ELSEWHERE', showroom: showroom.name } }, at);
    }
  }
}
