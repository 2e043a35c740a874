import type {
  AddContactPointInput, AddOwnedCarInput, ChangeContactPointInput, EditCustomerInput, GiveConsentInput, JoinHouseholdInput, MergeCustomersInput,
  RelateCustomersInput, RemoveContactPointInput, RemoveOwnedCarInput, SetDoNotContactInput, UnmergeCustomersInput, WithdrawConsentInput,
} from '../api/generated/graphql';
import { CONTACTING } from '../follow_ups/next_step';
import type { Collections, CustomerRow } from '../model';
import { defineMutator, type At, type Draft, type VariablesOf } from '../sync/mutator';
import { storedContact } from './phones';

export const editCustomer = defineMutator<VariablesOf<EditCustomerInput>>({
  name: 'editCustomer',
  show(draft, { id, set, addTags = [], removeTags = [], appendNote = '' }) {
    const customer = draft.get('customers', id);
    if (!customer) return;
    const fields = Object.fromEntries(Object.entries(set ?? {}).filter(([, value]) => value !== undefined).map(([name, value]) => [name, value ?? emptied(name)]));
    const tags = [...new Set([...customer.tags.filter((tag) => !removeTags.includes(tag)), ...addTags])];
    const note = [(fields['note'] as string | undefined) ?? customer.note, appendNote.trim()].filter(Boolean).join('\n');
    draft.patch('customers', id, { ...(fields as Partial<CustomerRow>), tags, note });
  },
});

export const addContactPoint = defineMutator<VariablesOf<AddContactPointInput>>({
  name: 'addContactPoint',
  show(draft, { id, customerId, kind, value, preferred = false }, at) {
    const points = ofKind(draft, customerId, kind);
    const stored = storedContact(kind, value, country(draft, at));
    if (points.some((point) => point.value === stored)) return;
    if (preferred) for (const point of points) draft.patch('contactPoints', point.id, { preferred: false });
    draft.put('contactPoints', {
      id, kind, value: stored, typed: value.trim(), preferred: preferred || points.length === 0, reachable: true, removedAt: null, customerId, showroomId: at.showroomId,
    });
  },
});

export const changeContactPoint = defineMutator<VariablesOf<ChangeContactPointInput>>({
  name: 'changeContactPoint',
  show(draft, { id, value, preferred, reachable }, at) {
    const point = draft.get('contactPoints', id);
    if (!point) return;
    if (value != null) draft.patch('contactPoints', id, { value: storedContact(point.kind, value, country(draft, at)), typed: value.trim(), reachable: true });
    if (reachable != null) draft.patch('contactPoints', id, { reachable });
    if (preferred) for (const other of ofKind(draft, point.customerId, point.kind)) draft.patch('contactPoints', other.id, { preferred: false });
    if (preferred != null) draft.patch('contactPoints', id, { preferred });
  },
});

export const removeContactPoint = defineMutator<VariablesOf<RemoveContactPointInput>>({
  name: 'removeContactPoint',
  show(draft, { id }, at) {
    draft.patch('contactPoints', id, { removedAt: at.now, preferred: false });
  },
});

export const addOwnedCar = defineMutator<VariablesOf<AddOwnedCarInput>>({
  name: 'addOwnedCar',
  show(draft, { id, customerId, make, model = '', year = null, plate = '', vin = '', mileage = null }, at) {
    draft.put('ownedCars', { id, make: make.trim(), model: model.trim(), year, plate: compact(plate), vin: compact(vin), mileage, customerId, showroomId: at.showroomId });
  },
});

export const removeOwnedCar = defineMutator<VariablesOf<RemoveOwnedCarInput>>({
  name: 'removeOwnedCar',
  show(draft, { id }) {
    draft.remove('ownedCars', id);
  },
});

export const relateCustomers = defineMutator<VariablesOf<RelateCustomersInput>>({
  name: 'relateCustomers',
  show(draft, { id, customerId, otherId, kind }, at) {
    const known = draft.by('relations', 'customerId', customerId).some((row) => row.otherId === otherId && row.kind === kind);
    if (!known) draft.put('relations', { id, otherId, kind, customerId, showroomId: at.showroomId });
  },
});

export const joinHousehold = defineMutator<VariablesOf<JoinHouseholdInput>>({
  name: 'joinHousehold',
  show(draft, { customerId, householdId, name = '' }, at) {
    const customer = draft.get('customers', customerId);
    if (!customer) return;
    if (!draft.get('households', householdId)) draft.put('households', { id: householdId, name: name.trim() || customer.familyName || customer.name, showroomId: at.showroomId });
    draft.patch('customers', customerId, { householdId });
  },
});

const belongings = [
  'contactPoints', 'ownedCars', 'relations', 'consents', 'leads', 'touches', 'stageChanges', 'followUps', 'promises', 'testDrives', 'driveAgreements', 'visits', 'sales', 'lossApplications',
] as const satisfies readonly (keyof Collections)[];

/** What belonged to the one belongs to the other. Which of two leads stays is the server's word. */
export const mergeCustomers = defineMutator<VariablesOf<MergeCustomersInput>>({
  name: 'mergeCustomers',
  show(draft, { customerId, mergedId }) {
    if (!draft.get('customers', customerId) || !draft.get('customers', mergedId)) return;
    for (const name of belongings) {
      for (const row of draft.by(name, 'customerId', mergedId)) draft.patch(name, row.id, { customerId });
    }
    draft.remove('customers', mergedId);
  },
});

/** Only the server knows what belonged to whom; the tablet notes that it was asked. */
export const unmergeCustomers = defineMutator<VariablesOf<UnmergeCustomersInput>>({
  name: 'unmergeCustomers',
  show(draft, { id }, at) {
    draft.patch('customerMerges', id, { undoneAt: at.now, undoneById: at.me });
  },
});

export const giveConsent = defineMutator<VariablesOf<GiveConsentInput>>({
  name: 'giveConsent',
  show: (draft, said, at) => say(draft, said, true, at),
});

export const withdrawConsent = defineMutator<VariablesOf<WithdrawConsentInput>>({
  name: 'withdrawConsent',
  show: (draft, said, at) => say(draft, said, false, at),
});

/** It beats everything at once: open calls and messages become something to do in the showroom. */
export const setDoNotContact = defineMutator<VariablesOf<SetDoNotContactInput>>({
  name: 'setDoNotContact',
  show(draft, { customerId, doNotContact }) {
    draft.patch('customers', customerId, { doNotContact });
    if (!doNotContact) return;
    for (const row of draft.by('followUps', 'customerId', customerId)) {
      if (row.status === 'OPEN' && CONTACTING.includes(row.kind)) draft.patch('followUps', row.id, { kind: 'OTHER' });
    }
  },
});

function say(draft: Draft, said: VariablesOf<WithdrawConsentInput> & { expiresOn?: string | null }, given: boolean, at: At): void {
  const { id, customerId, channel, purpose, source, wording = '', proof = '', expiresOn = null } = said;
  draft.put('consents', {
    id, channel, purpose, given, source, wording, proof, recordedById: at.me, happenedAt: at.now, recordedAt: at.now, expiresOn, customerId, showroomId: at.showroomId,
  });
}

function ofKind(draft: Draft, customerId: string, kind: string) {
  return draft.by('contactPoints', 'customerId', customerId).filter((point) => point.kind === kind && !point.removedAt);
}

const country = (draft: Draft, at: At) => draft.get('showrooms', at.showroomId)?.country ?? '';
const compact = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
const emptied = (name: string) => (name === 'birthday' ? null : name === 'kind' ? 'PERSON' : '');
