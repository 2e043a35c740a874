// What a touch does to a lead, as server/leads does it: shown at once, until the server has spoken.
import type { CustomerRow, LeadRow, LeadStatus, Level, Outcome, Stage, TouchKind, TouchRow } from '../model';
import type { At, Draft } from '../sync/mutator';

const STAGES: readonly Stage[] = ['NEW', 'CONTACTED', 'APPOINTMENT_SET', 'VISITED', 'TEST_DRIVE_BOOKED', 'TEST_DRIVEN', 'NEGOTIATING', 'ORDERED', 'DELIVERED'];

export const isUnsettled = (lead: Pick<LeadRow, 'status'>) => lead.status === 'OPEN' || lead.status === 'NOT_NOW';

export interface Happening {
  id: string;
  kind: TouchKind;
  direction?: string;
  outcome?: Outcome | null;
  text?: string;
  about?: TouchRow['about'];
}

/** Puts a touch in the timeline; it carries the lead as far as it goes. */
export function touch(draft: Draft, lead: LeadRow, given: Happening, at: At): void {
  const { id, kind, direction = 'OUT', outcome = null, text = '', about = null } = given;
  draft.put('touches', {
    id, kind, direction, outcome, about, text: text.trim(), personId: at.me, happenedAt: at.now, recordedAt: at.now,
    customerId: lead.customerId, leadId: lead.id, showroomId: lead.showroomId,
  });
  if (kind === 'NOTE') return;
  draft.patch('leads', lead.id, {
    lastTouchAt: latest(lead.lastTouchAt, at.now),
    ...(isMeaningful(kind, outcome) ? { lastMeaningfulTouchAt: latest(lead.lastMeaningfulTouchAt, at.now) } : {}),
  });
  const stage = stageAfter(kind, outcome);
  if (stage) advance(draft, lead.id, stage);
}

/** Forward only. */
export function advance(draft: Draft, leadId: string, stage: Stage): void {
  const lead = draft.get('leads', leadId);
  if (lead && STAGES.indexOf(stage) > STAGES.indexOf(lead.stage)) draft.patch('leads', leadId, { stage });
}

/** Opens, rests or settles a lead; the customer follows it. */
export function setStatus(draft: Draft, leadId: string, status: LeadStatus, at: At): void {
  const open = isUnsettled({ status });
  draft.patch('leads', leadId, { status, closedAt: open ? null : at.now, ...(status === 'NOT_NOW' ? {} : { reviveOn: null }) });
  follow(draft, leadId);
}

/** The customer's owner is that of the unsettled, else the latest, lead. */
export function follow(draft: Draft, leadId: string): void {
  const lead = draft.get('leads', leadId);
  if (!lead) return;
  const all = draft.by('leads', 'customerId', lead.customerId);
  const leading = (isUnsettled(lead) ? lead : undefined) ?? all.find(isUnsettled) ?? newest(all) ?? lead;
  draft.patch('customers', lead.customerId, { ownerId: leading.ownerId, isActive: isUnsettled(leading) });
}

export function newLead(draft: Draft, given: { id: string; customer: CustomerRow; ownerId: string | null; sourceId?: string | null; level?: Level; wanted?: LeadRow['wanted'] }, at: At): LeadRow {
  const lead: LeadRow = {
    id: given.id, status: 'OPEN', level: given.level ?? 'N', stage: 'NEW', wanted: given.wanted ?? [], rivals: [], budget: null,
    currency: draft.get('showrooms', at.showroomId)?.currency ?? '', reviveOn: null, openedAt: at.now, closedAt: null,
    lastTouchAt: null, lastMeaningfulTouchAt: null, nextStepAt: null, updatedAt: at.now, customerId: given.customer.id,
    ownerId: given.ownerId, showroomId: at.showroomId, sourceId: given.sourceId ?? null,
  };
  draft.put('leads', lead);
  follow(draft, lead.id);
  return lead;
}

type TypedCar = { make: string; model?: string; trim?: string; color?: string; vehicleId?: string | null };

/** As the columns `wanted` and `rivals` hold them: only what is known. */
export function plainCars(cars: readonly TypedCar[] = []): LeadRow['wanted'] {
  return cars.map(({ make, model = '', trim, color, vehicleId }) => ({
    make: make.trim(), model: model.trim(), ...(trim?.trim() && { trim: trim.trim() }), ...(color?.trim() && { color: color.trim() }), ...(vehicleId && { vehicleId }),
  }));
}

/** As the server does it: the list as its writer means it, with what others did to it since they saw it. */
export function mergedCars(there: LeadRow['wanted'], seen: readonly TypedCar[] | null | undefined, meant: readonly TypedCar[]): LeadRow['wanted'] {
  const has = (cars: LeadRow['wanted'], car: LeadRow['wanted'][number]): boolean => cars.some((one) => same(one, car));
  const known = seen ? plainCars(seen) : there;
  const mine = plainCars(meant).filter((car) => has(there, car) || !has(known, car));
  return [...mine, ...there.filter((car) => !has(known, car) && !has(mine, car))];
}

const same = (one: LeadRow['wanted'][number], other: LeadRow['wanted'][number]): boolean =>
  (['make', 'model', 'trim', 'color', 'vehicleId'] as const).every((part) => (one[part] ?? '') === (other[part] ?? ''));

function isMeaningful(kind: TouchKind, outcome: Outcome | null): boolean {
  if (kind === 'CALL') return outcome !== null && outcome !== 'NO_ANSWER';
  return kind === 'VISIT' || kind === 'TEST_DRIVE' || kind === 'QUOTE';
}

function stageAfter(kind: TouchKind, outcome: Outcome | null): Stage | null {
  if (kind === 'TEST_DRIVE') return 'TEST_DRIVEN';
  if (kind === 'QUOTE') return 'NEGOTIATING';
  if (kind === 'VISIT' || outcome === 'CAME_IN') return 'VISITED';
  if (outcome === 'WILL_COME_IN') return 'APPOINTMENT_SET';
  return outcome === 'REACHED' || outcome === 'NOT_NOW' ? 'CONTACTED' : null;
}

const latest = (before: string | null, now: string) => (before && before > now ? before : now);

function newest(leads: readonly LeadRow[]): LeadRow | undefined {
  return [...leads].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1))[0];
}
