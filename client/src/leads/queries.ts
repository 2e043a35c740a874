// What the screens read of a lead and its customer. Reactive: called while rendering or inside computed().
import { formatPhone, t } from '../i18n';
import type { Car, ContactPointRow, CustomerRow, FollowUpRow, LeadRow, LossApplicationRow } from '../model';
import { me } from '../people/session';
import { store } from '../sync/store';
import { openOnes } from '../follow_ups/next_step';

/** As somebody is called on the screen: their name, else their number. */
export function nameOf(customer: CustomerRow | undefined): string {
  if (!customer) return t('common.unknown');
  return customer.name || phoneText(customer.id) || t('common.noName');
}

/** Without the make where it is the showroom's own brand: everybody there knows. */
export function carName(car: Partial<Car> | undefined): string {
  if (!car) return '';
  const make = car.model && car.make === showroomHere()?.brand ? '' : car.make;
  return [make, car.model, car.trim, car.color].filter(Boolean).join(' ');
}

/** The car wanted first; "+2" where there are more. */
export function wantedText(lead: Pick<LeadRow, 'wanted'>): string {
  const [first, ...more] = lead.wanted;
  return first ? `${carName(first)}${more.length ? ` +${more.length}` : ''}` : '';
}

export function contactPoints(customerId: string): ContactPointRow[] {
  return store.by('contactPoints', 'customerId', customerId).filter((point) => !point.removedAt).sort((a, b) => Number(b.preferred) - Number(a.preferred) || Number(b.reachable) - Number(a.reachable));
}

export function phoneOf(customerId: string): string | null {
  return contactPoints(customerId).find((point) => point.kind === 'PHONE' && point.reachable)?.value ?? null;
}

function phoneText(customerId: string): string {
  const point = contactPoints(customerId).find(({ kind }) => kind === 'PHONE');
  return point ? formatPhone(point.value) : '';
}

/** How somebody is called or written to, or nothing where that is not to be done. */
export function reach(customer: CustomerRow | undefined): { call?: string; message?: string } {
  if (!customer || customer.doNotContact) return {};
  const phone = phoneOf(customer.id);
  const mail = contactPoints(customer.id).find(({ kind }) => kind === 'EMAIL')?.value;
  return { call: phone ? `tel:${phone}` : undefined, message: phone ? `sms:${phone}` : mail && `mailto:${mail}` };
}

export const nextStepOf = (leadId: string): FollowUpRow | undefined => openOnes(store, leadId)[0];

export function waitingLoss(leadId: string): LossApplicationRow | undefined {
  return store.by('lossApplications', 'leadId', leadId).find(({ status }) => status === 'APPLIED');
}

export const showroomHere = () => store.get('showrooms', me.value?.showroomId);

/** Whether one may work on it: one's own, the pool's, or a manager's showroom. */
export function isMineToWork(lead: LeadRow): boolean {
  const who = me.value;
  if (!who) return false;
  return who.isManager || lead.ownerId === null || lead.ownerId === who.personId || rolesHere().some((role) => role !== 'SALESPERSON');
}

export const rolesHere = (): string[] => me.value?.roles.filter(({ showroomId }) => showroomId === me.value?.showroomId).map(({ role }) => role) ?? [];
