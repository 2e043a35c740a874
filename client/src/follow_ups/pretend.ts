// For tests: a tablet's visible state in memory, and the rows that most stories begin with.
import type { Collections, CustomerRow, FollowUpRow, LeadRow, ShowroomRow } from '../model';
import type { At, Draft, Mutator } from '../sync/mutator';

type Name = keyof Collections;
type Kept = { [C in Name]?: Map<string, Collections[C]> };

export interface Pretended extends Draft {
  all<C extends Name>(collection: C): Collections[C][];
}

export function pretend(rows: { [C in Name]?: Collections[C][] } = {}): Pretended {
  const kept: Kept = {};
  const table = <C extends Name>(name: C) => ((kept[name] as Map<string, Collections[C]> | undefined) ?? ((kept as Record<string, unknown>)[name] = new Map(), kept[name] as Map<string, Collections[C]>));
  const draft: Pretended = {
    get: (name, id) => (id == null ? undefined : table(name).get(id)),
    by: (name, field, value) => [...table(name).values()].filter((row) => (row as unknown as Record<string, unknown>)[field] === value),
    put: (name, row) => void table(name).set(row.id, row),
    patch: (name, id, part) => {
      const row = id == null ? undefined : table(name).get(id);
      if (row) table(name).set(row.id, { ...row, ...part });
    },
    remove: (name, id) => void table(name).delete(id),
    all: (name) => [...table(name).values()],
  };
  for (const [name, some] of Object.entries(rows)) for (const row of some ?? []) draft.put(name as Name, row as never);
  return draft;
}

export const at: At = { me: 'mia', showroomId: 'harbour', now: '2026-11-20T09:00:00.000Z', id: (name) => `made ${name}` };

/** Runs what a verb shows. */
export function shows<V extends object>(draft: Draft, mutator: Mutator<V>, variables: V, when: Partial<At> = {}): void {
  mutator.show(draft, variables, { ...at, ...when });
}

const day: [string, string][] = [['09:00', '18:00']];

export const harbour: ShowroomRow = {
  id: 'harbour', name: 'Harbour', brand: 'Volkswagen', country: 'CN', timeZone: 'UTC', currency: 'CNY', languages: ['en', 'zh-CN'],
  openingHours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }, policies: {}, groupId: 'group', regionId: null,
};

export const ada: CustomerRow = {
  id: 'ada', identityId: 'ada of the group', kind: 'PERSON', name: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace', language: 'en', birthday: null, address: '', note: '', tags: [],
  mergedIntoId: null, doNotContact: false, isActive: true, lastActiveOn: '2026-11-01', createdAt: at.now, updatedAt: at.now, householdId: null, ownerId: 'mia', showroomId: 'harbour',
};

export const lead: LeadRow = {
  id: 'lead', status: 'OPEN', level: 'A', stage: 'CONTACTED', wanted: [{ make: 'Volkswagen', model: 'Golf' }], rivals: [], budget: null, currency: 'CNY', reviveOn: null,
  openedAt: '2026-11-01T09:00:00.000Z', closedAt: null, lastTouchAt: null, lastMeaningfulTouchAt: null, nextStepAt: '2026-11-20T10:00:00.000Z', updatedAt: at.now,
  customerId: 'ada', ownerId: 'mia', showroomId: 'harbour', sourceId: null,
};

export const step: FollowUpRow = {
  id: 'step', kind: 'CALL', reason: 'CADENCE', reasonFacts: {}, note: '', dueAt: '2026-11-20T10:00:00.000Z', firstDueAt: '2026-11-20T10:00:00.000Z', snoozed: 0, status: 'OPEN',
  outcome: null, touchId: null, doneAt: null, doneById: null, createdAt: at.now, customerId: 'ada', leadId: 'lead', ownerId: 'mia', showroomId: 'harbour',
};

/** Ada, her lead, and one call that is due. */
export const aDay = (more: { [C in Name]?: Collections[C][] } = {}) => pretend({ showrooms: [harbour], customers: [ada], leads: [lead], followUps: [step], ...more });
