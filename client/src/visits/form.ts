// What was tapped of a visit so far: kept as a draft per visit, handed in as one entry.
import { newId } from '../ids';
import type { Car, Level, Party } from '../model';
import type { WalkIn } from './capture';

export const errands = ['PAPERWORK', 'DELIVERY', 'CANCELLATION', 'SERVICE', 'OTHER'] as const;
export type Errand = (typeof errands)[number];

export interface VisitForm {
  visitId: string;
  /** Of somebody new; `chosenId` is somebody on file. */
  customerId: string;
  leadId: string;
  contactPointId: string;
  followUpId: string;
  chosenId: string | null;
  phone: string;
  name: string;
  note: string;
  party: Party | null;
  sourceId: string | null;
  wanted: Car[];
  level: Level | null;
  /** Days until the next call; null leaves it to the level's rhythm. */
  callIn: number | null;
  /** Of a visitor who did not come to buy. */
  errand: Errand | null;
}

export const keyOf = (visitId?: string): string => `visit.${visitId ?? 'new'}`;

export const blank = (visitId: string = newId()): VisitForm => ({
  visitId, customerId: newId(), leadId: newId(), contactPointId: newId(), followUpId: newId(), chosenId: null, phone: '', name: '', note: '',
  party: null, sourceId: null, wanted: [], level: null, callIn: null, errand: null,
});

export const isBlank = (form: VisitForm): boolean =>
  !form.chosenId && !form.phone && !form.name.trim() && !form.note.trim() && !form.party && !form.sourceId && !form.wanted.length
  && !form.level && !form.errand;

/** `dueAt` says when a call in so many days is due. */
export function walkInOf(form: VisitForm, { dueAt }: { dueAt: (days: number) => string }): WalkIn {
  return {
    visitId: form.visitId,
    customerId: form.chosenId ?? form.customerId,
    leadId: form.leadId,
    contactPointId: form.contactPointId,
    name: form.chosenId ? '' : form.name.trim(),
    phone: form.chosenId ? '' : form.phone,
    party: form.party ?? 'ONE',
    note: form.note.trim(),
    sourceId: form.sourceId,
    level: form.level,
    wanted: form.wanted,
    rivals: [],
    ...(form.callIn === null ? {} : { nextStep: { followUpId: form.followUpId, dueAt: dueAt(form.callIn), kind: 'CALL' as const, note: '' } }),
  };
}
