// What the tablet shows of a visit until the server has spoken. Pure: it runs many times.
import type { CompleteVisitInput, GreetVisitInput, LeaveVisitInput } from '../api/generated/graphql';
import type { VisitRow } from '../model';
import { defineMutator, type At, type VariablesOf } from '../sync/mutator';

export const greetVisit = defineMutator<VariablesOf<GreetVisitInput>>({
  name: 'greetVisit',
  show(draft, { id, party, note, sourceId }, at) {
    draft.put('visits', { ...arrived(id, at), party: party ?? 'ONE', note: note?.trim() ?? '', sourceId: sourceId ?? null });
  },
});

export const completeVisit = defineMutator<VariablesOf<CompleteVisitInput>>({
  name: 'completeVisit',
  show(draft, { id, kind, errand, party, note, customerId, leadId }, at) {
    const visit = draft.get('visits', id);
    if (!visit) return;
    const lead = draft.get('leads', leadId);
    draft.patch('visits', id, {
      kind,
      errand: kind === 'NOT_A_BUYER' ? (errand ?? 'OTHER') : '',
      party: party ?? visit.party,
      note: [visit.note, note].filter(Boolean).join('\n'),
      customerId: visit.customerId ?? customerId ?? lead?.customerId ?? null,
      leadId: visit.leadId ?? leadId ?? null,
      servedById: visit.servedById ?? at.me,
      completedAt: visit.completedAt ?? at.now,
      completedById: visit.completedById ?? at.me,
    });
  },
});

export const leaveVisit = defineMutator<VariablesOf<LeaveVisitInput>>({
  name: 'leaveVisit',
  show(draft, { id }, at) {
    const visit = draft.get('visits', id);
    if (visit && !visit.leftAt) draft.patch('visits', id, { leftAt: at.now > visit.arrivedAt ? at.now : visit.arrivedAt });
  },
});

/** Somebody came in, of whom nothing is known yet. */
export function arrived(id: string, at: At): VisitRow {
  return {
    id, kind: 'NOT_COMPLETED', errand: '', party: 'ONE', note: '', greetedById: at.me, servedById: null, arrivedAt: at.now, completedAt: null,
    completedById: null, leftAt: null, recordedAt: at.now, customerId: null, leadId: null, showroomId: at.showroomId, sourceId: null,
  };
}
