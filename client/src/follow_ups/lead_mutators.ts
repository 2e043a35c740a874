// Verbs of a lead that also keep its next step; on the server too they live here.
import type { ChangeLevelInput, OpenLeadInput, ReassignLeadInput } from '../api/generated/graphql';
import { follow, newLead, plainCars } from '../leads/touching';
import { defineMutator, type VariablesOf } from '../sync/mutator';
import { defaultPlan, ensureNextStep, lastHappened, openOnes, planNext, remember } from './next_step';

export const openLead = defineMutator<VariablesOf<OpenLeadInput>>({
  name: 'openLead',
  show(draft, { id, customerId, sourceId, level, wanted, nextStep }, at) {
    const customer = draft.get('customers', customerId);
    if (!customer) return;
    const sells = draft.by('memberships', 'personId', at.me).some((row) => row.role === 'SALESPERSON');
    newLead(draft, { id, customer, ownerId: customer.ownerId ?? (sells ? at.me : null), sourceId, level, wanted: plainCars(wanted) }, at);
    planNext(draft, id, nextStep, at);
  },
});

/** Hotter or colder: what the cadence had planned moves with it; what a person planned does not. */
export const changeLevel = defineMutator<VariablesOf<ChangeLevelInput>>({
  name: 'changeLevel',
  show(draft, { leadId, level }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead || lead.level === level) return;
    draft.patch('leads', leadId, { level });
    const byCadence = openOnes(draft, leadId).find((row) => row.reason === 'CADENCE' && !row.snoozed);
    if (byCadence && lead.status === 'OPEN') {
      const plan = defaultPlan({ level }, { now: at.now, showroom: draft.get('showrooms', lead.showroomId), last: lastHappened(draft.by('touches', 'leadId', leadId)) });
      draft.patch('followUps', byCadence.id, { dueAt: plan.dueAt, firstDueAt: plan.dueAt, reasonFacts: plan.facts });
      remember(draft, leadId);
    }
    ensureNextStep(draft, leadId, at);
  },
});

export const reassignLead = defineMutator<VariablesOf<ReassignLeadInput>>({
  name: 'reassignLead',
  show(draft, { leadId, ownerId = null }, at) {
    const lead = draft.get('leads', leadId);
    if (!lead) return;
    for (const row of openOnes(draft, leadId)) {
      if (row.ownerId === lead.ownerId || row.ownerId === null) draft.patch('followUps', row.id, { ownerId });
    }
    draft.patch('leads', leadId, { ownerId });
    follow(draft, leadId);
    ensureNextStep(draft, leadId, at);
  },
});
