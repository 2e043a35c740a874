import './lead_mutators';
import type {
  CancelFollowUpInput, CompleteFollowUpInput, KeepPromiseInput, LogTouchInput, MakePromiseInput, PlanFollowUpInput, ReassignFollowUpInput, SnoozeFollowUpInput,
} from '../api/generated/graphql';
import { touch } from '../leads/touching';
import type { FollowUpKind, Outcome, TouchKind } from '../model';
import { defineMutator, type VariablesOf } from '../sync/mutator';
import { addStep, done, ensureNextStep, planNext, rest, settleBy } from './next_step';

export const logTouch = defineMutator<VariablesOf<LogTouchInput>>({
  name: 'logTouch',
  show(draft, { id, leadId, kind, direction, outcome = null, text, nextStep }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead) return;
    touch(draft, lead, { id, kind, direction, outcome, text }, at);
    settleBy(draft, leadId, { id, kind, outcome }, at);
    planNext(draft, leadId, nextStep, at);
  },
});

export const planFollowUp = defineMutator<VariablesOf<PlanFollowUpInput>>({
  name: 'planFollowUp',
  show(draft, { id, leadId, dueAt, kind, note }, at) {
    addStep(draft, leadId, { id, plan: { dueAt, reason: 'PLANNED', facts: {} }, kind, note }, at);
  },
});

export const snoozeFollowUp = defineMutator<VariablesOf<SnoozeFollowUpInput>>({
  name: 'snoozeFollowUp',
  show(draft, { id, dueAt }, at) {
    const row = draft.get('followUps', id);
    if (!row) return;
    draft.patch('followUps', id, { dueAt, snoozed: row.snoozed + 1 });
    ensureNextStep(draft, row.leadId, at);
  },
});

export const completeFollowUp = defineMutator<VariablesOf<CompleteFollowUpInput>>({
  name: 'completeFollowUp',
  show(draft, { id, outcome, touchId, touchKind, text = '', nextStep, reviveOn }, at) {
    const row = draft.get('followUps', id);
    const lead = draft.get('leads', row?.leadId);
    if (!row || !lead) return;
    const kind = touchKind ?? touchKindOf(row.kind, outcome);
    const artefact = touchId ?? (text.trim() ? at.id('touch') : null);
    if (artefact) touch(draft, lead, { id: artefact, kind, outcome, text }, at);
    done(draft, id, { outcome, touchId: artefact }, at);
    if (reviveOn) return rest(draft, lead.id, { reviveOn, step: nextStep }, at);
    if (artefact) settleBy(draft, lead.id, { id: artefact, kind, outcome }, at);
    planNext(draft, lead.id, nextStep, at);
  },
});

export const reassignFollowUp = defineMutator<VariablesOf<ReassignFollowUpInput>>({
  name: 'reassignFollowUp',
  show(draft, { id, ownerId }) {
    draft.patch('followUps', id, { ownerId });
  },
});

export const cancelFollowUp = defineMutator<VariablesOf<CancelFollowUpInput>>({
  name: 'cancelFollowUp',
  show(draft, { id, reason }, at) {
    const row = draft.get('followUps', id);
    if (!row) return;
    draft.patch('followUps', id, { status: 'CANCELLED', note: `${row.note}\n${reason}`.trim(), doneAt: at.now, doneById: at.me });
    ensureNextStep(draft, row.leadId, at);
  },
});

export const makePromise = defineMutator<VariablesOf<MakePromiseInput>>({
  name: 'makePromise',
  show(draft, { id, leadId, text, dueAt = null }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead) return;
    draft.put('promises', {
      id, text: text.trim(), dueAt, promisedById: at.me, promisedAt: at.now, keptAt: null, keptById: null,
      customerId: lead.customerId, leadId, showroomId: lead.showroomId,
    });
  },
});

export const keepPromise = defineMutator<VariablesOf<KeepPromiseInput>>({
  name: 'keepPromise',
  show(draft, { id }, at) {
    draft.patch('promises', id, { keptAt: at.now, keptById: at.me });
  },
});

/** What a follow-up leaves in the timeline when nothing else was said. */
export function touchKindOf(kind: FollowUpKind, outcome: Outcome): TouchKind {
  if (outcome === 'CAME_IN') return 'VISIT';
  if (kind === 'APPOINTMENT') return 'CALL';
  return kind === 'OTHER' ? 'NOTE' : kind;
}
