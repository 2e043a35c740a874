// What the visit screens read of the local store. Reactive: call inside components.
import { dayOf } from '../i18n';
import type { CustomerRow, LeadRow, SourceRow, VisitRow } from '../model';
import { me } from '../people/session';
import { store } from '../sync/store';

const MONTH = 30 * 86_400_000;

export const showroom = () => store.get('showrooms', me.value?.showroomId);

/** Visits that nobody has completed yet: those of today, latest first. */
export function openVisits(now: number): VisitRow[] {
  return todays(now).filter(({ kind }) => kind === 'NOT_COMPLETED');
}

/** Everybody who came today and has not left, longest in the house first. */
export function inTheHouse(now: number): VisitRow[] {
  return todays(now).filter(({ leftAt }) => !leftAt).reverse();
}

export function todays(now: number): VisitRow[] {
  const today = dayOf(now);
  return store.by('visits', 'showroomId', me.value?.showroomId ?? '')
    .filter(({ arrivedAt }) => Date.parse(arrivedAt) > now - 36 * 3_600_000 && dayOf(arrivedAt) === today)
    .sort((one, other) => (one.arrivedAt < other.arrivedAt ? 1 : -1));
}

export interface Known {
  customer: CustomerRow;
  lead?: LeadRow;
  owner: string;
  lastTouchAt: string | null;
}

/** What one needs to know of somebody at the door: whose they are, and when they were last spoken to. */
export function known(customerId: string): Known | undefined {
  const customer = store.get('customers', customerId);
  if (!customer) return undefined;
  const leads = [...store.by('leads', 'customerId', customerId)].sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1));
  const lead = leads.find(({ status }) => status === 'OPEN' || status === 'NOT_NOW') ?? leads[0];
  const owner = store.get('people', lead?.ownerId ?? customer.ownerId)?.name ?? '';
  return { customer, lead, owner, lastTouchAt: lead?.lastTouchAt ?? null };
}

/** The sources of this showroom, those that bring most visitors first. */
export function sourcesByUse(now: number): SourceRow[] {
  const here = me.value?.showroomId ?? '';
  const used = new Map<string, number>();
  for (const { sourceId, arrivedAt } of store.by('visits', 'showroomId', here)) {
    if (sourceId && Date.parse(arrivedAt) > now - MONTH) used.set(sourceId, (used.get(sourceId) ?? 0) + 1);
  }
  return store.by('sources', 'showroomId', here)
    .filter(({ active }) => active)
    .sort((one, other) => (used.get(other.id) ?? 0) - (used.get(one.id) ?? 0) || one.position - other.position);
}

export interface Model {
  make: string;
  model: string;
  /** How many want it, or how many stand here. */
  count: number;
}

/** Models that are asked for, most wanted first, then the rest of the stock. */
export function modelsByDemand(): Model[] {
  const here = me.value?.showroomId ?? '';
  const models = new Map<string, Model>();
  const count = (make: string, model: string, by: number) => {
    if (!model) return;
    const known = models.get(`${make} ${model}`) ?? { make, model, count: 0 };
    models.set(`${make} ${model}`, { ...known, count: known.count + by });
  };
  for (const { wanted } of store.by('leads', 'showroomId', here)) for (const { make, model } of wanted) count(make, model, 100);
  for (const { make, model, condition } of store.by('vehicles', 'showroomId', here)) count(make, model, condition === 'NEW' ? 1 : 0);
  return [...models.values()].sort((one, other) => other.count - one.count || (one.model < other.model ? -1 : 1));
}
