import type { CaptureWalkInInput } from '../api/generated/graphql';
import { storedPhone } from '../customers/phones';
import { ensureNextStep, planNext, settleBy } from '../follow_ups/next_step';
import { follow, isUnsettled, newLead, plainCars, touch } from '../leads/touching';
import type { Car, CustomerRow, LeadRow, VisitKind } from '../model';
import { defineMutator, type At, type Draft, type VariablesOf } from '../sync/mutator';
import { arrived } from './mutators';

export type WalkIn = VariablesOf<CaptureWalkInInput>;

/** One entry for visit, customer, lead and next step, so that no half of it can be refused alone. */
export const captureWalkIn = defineMutator<WalkIn>({
  name: 'captureWalkIn',
  show(draft, walkIn, at) {
    const phone = walkIn.phone?.trim() ? storedPhone(walkIn.phone, draft.get('showrooms', at.showroomId)?.country ?? '') : '';
    const there = whoIsIt(draft, walkIn, phone);
    const customer = there ?? fileCustomer(draft, { walkIn, phone, at });
    if (!customer) return conclude(draft, { walkIn, at, kind: 'LOOKED_NOT_FILED' });
    const kind = kindOf(draft, { walkIn, customer, isNew: !there, phone });
    const lead = workLead(draft, { walkIn, customer, at });
    if (!isAnothers(lead, at)) planNext(draft, lead.id, walkIn.nextStep, at);
    conclude(draft, { walkIn, at, kind, lead });
    const happened = { id: at.id('touch'), kind: 'VISIT', direction: 'IN', outcome: 'CAME_IN', text: walkIn.note } as const;
    touch(draft, draft.get('leads', lead.id)!, happened, at);
    settleBy(draft, lead.id, happened, at);
    ensureNextStep(draft, lead.id, at);
  },
});

/** Whom the salesperson chose, else whose number it is. */
function whoIsIt(draft: Draft, walkIn: WalkIn, phone: string): CustomerRow | undefined {
  const chosen = draft.get('customers', walkIn.customerId);
  if (chosen || !phone) return chosen;
  const point = draft.by('contactPoints', 'value', phone).find(({ kind, removedAt }) => kind === 'PHONE' && !removedAt);
  return draft.get('customers', point?.customerId);
}

interface Given {
  walkIn: WalkIn;
  at: At;
}

/** Without a name the number stands for it, until somebody asks. */
function fileCustomer(draft: Draft, { walkIn, phone, at }: Given & { phone: string }): CustomerRow | undefined {
  const { customerId: id, contactPointId, name = '' } = walkIn;
  if (!name.trim() && !phone) return undefined;
  const customer: CustomerRow = {
    id, identityId: id, kind: 'PERSON', name: name.trim() || phone, givenName: '', familyName: '', language: '', birthday: null,
    address: '', note: '', tags: [], mergedIntoId: null, doNotContact: false, isActive: true, lastActiveOn: at.now.slice(0, 10),
    createdAt: at.now, updatedAt: at.now, householdId: null, ownerId: seller(draft, at), showroomId: at.showroomId,
  };
  draft.put('customers', customer);
  if (phone) {
    draft.put('contactPoints', {
      id: contactPointId, kind: 'PHONE', value: phone, typed: walkIn.phone ?? '', preferred: true, reachable: true, removedAt: null,
      customerId: id, showroomId: at.showroomId,
    });
  }
  return customer;
}

/** Who captures owns, if they sell; what the reception captures lies in the pool. */
function seller(draft: Draft, at: At): string | null {
  const sells = draft.by('memberships', 'personId', at.me).some(({ role, showroomId }) => role === 'SALESPERSON' && showroomId === at.showroomId);
  return sells ? at.me : null;
}

function kindOf(draft: Draft, { walkIn, customer, isNew, phone }: { walkIn: WalkIn; customer: CustomerRow; isNew: boolean; phone: string }): VisitKind {
  if (draft.by('visits', 'customerId', customer.id).some(({ id }) => id !== walkIn.visitId)) return 'RETURN';
  if (!isNew) return 'FIRST_ALREADY_FILED';
  return phone ? 'FIRST_FILED' : 'LOOKED_NOT_FILED';
}

/** The lead being worked; else a new one for whoever served the customer before. */
function workLead(draft: Draft, { walkIn, customer, at }: Given & { customer: CustomerRow }): LeadRow {
  const leads = draft.by('leads', 'customerId', customer.id);
  const open = leads.find(isUnsettled);
  const typed = { wanted: plainCars(walkIn.wanted), rivals: plainCars(walkIn.rivals) };
  if (!open) {
    const ownerId = customer.ownerId ?? seller(draft, at);
    const made = newLead(draft, { id: walkIn.leadId, customer, ownerId, sourceId: walkIn.sourceId, level: walkIn.level ?? 'N', wanted: typed.wanted }, at);
    draft.patch('leads', made.id, { rivals: typed.rivals });
  } else if (!isAnothers(open, at)) {
    draft.patch('leads', open.id, {
      ownerId: open.ownerId ?? seller(draft, at), level: walkIn.level ?? open.level,
      wanted: united(open.wanted, typed.wanted), rivals: united(open.rivals, typed.rivals),
    });
    follow(draft, open.id);
  }
  return draft.get('leads', open?.id ?? walkIn.leadId)!;
}

/** Its owner reads what was typed as a note; nothing of the lead is changed. */
const isAnothers = (lead: LeadRow, at: At) => lead.ownerId !== null && lead.ownerId !== at.me;

const united = (there: readonly Car[], added: readonly Car[]): Car[] =>
  [...there, ...added.filter((car) => !there.some((other) => JSON.stringify(other) === JSON.stringify(car)))];

function conclude(draft: Draft, { walkIn, at, kind, lead }: Given & { kind: VisitKind; lead?: LeadRow }): void {
  const visit = draft.get('visits', walkIn.visitId) ?? arrived(walkIn.visitId, at);
  draft.put('visits', {
    ...visit, kind, party: walkIn.party ?? visit.party, sourceId: walkIn.sourceId ?? visit.sourceId,
    note: [visit.note, walkIn.note?.trim()].filter(Boolean).join('\n'), customerId: visit.customerId ?? lead?.customerId ?? null,
    leadId: visit.leadId ?? lead?.id ?? null, servedById: visit.servedById ?? at.me, completedAt: visit.completedAt ?? at.now,
    completedById: visit.completedById ?? at.me,
  });
}
