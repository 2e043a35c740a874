// What the board reads of the local store. Reactive: call inside components.
import { dayOf, formatShare, t } from '../i18n';
import type { ShowroomRow, TestDriveRow, VehicleRow } from '../model';
import { nameOf } from '../leads/queries';
import { me } from '../people/session';
import { policiesOf } from '../showrooms/policies';
import type { Span } from '../showrooms/hours';
import { store } from '../sync/store';
import { isHidden, isPrivate } from '../ui/privacy';
import type { House } from './slots';

const MINUTE = 60_000;

export const here = (): ShowroomRow | undefined => store.get('showrooms', me.value?.showroomId);

export function houseOf(showroom: ShowroomRow | undefined): House {
  const { openingHours = {}, timeZone = 'UTC' } = showroom ?? {};
  return { calendar: { openingHours, timeZone }, buffer: policiesOf(showroom).driveBufferMinutes * MINUTE };
}

export function demoCars(): VehicleRow[] {
  return store.by('vehicles', 'showroomId', me.value?.showroomId ?? '')
    .filter(({ status }) => status === 'DEMO')
    .sort((one, other) => (carOf(one) < carOf(other) ? -1 : carOf(one) > carOf(other) ? 1 : one.plate < other.plate ? -1 : 1));
}

export const carOf = (car: VehicleRow | undefined): string => (car ? [car.model || car.make, car.trim].filter(Boolean).join(' ') : t('common.unknown'));

/** "沪A·D1234 · 88 % charged"; `short` where a column is narrow. */
export function plateOf({ plate, stockNumber, charge }: VehicleRow, { short = false } = {}): string {
  const percent = charge === null ? '' : formatShare(charge / 100);
  return [plate || stockNumber, percent && !short ? t('drives.charge', { percent }) : percent].filter(Boolean).join(' · ');
}

/** Drives of a day that hold a car, or held it, in the order of the day. */
export function drivesOn(day: string): TestDriveRow[] {
  return store.by('testDrives', 'showroomId', me.value?.showroomId ?? '')
    .filter(({ startsAt, status }) => status !== 'CANCELLED' && status !== 'NO_SHOW' && dayOf(startsAt) === day)
    .sort((one, other) => (one.startsAt < other.startsAt ? -1 : 1));
}

/** What holds a car: bookings and who is out, who is late back until now. */
export function takenOf(vehicleId: string, { now, besides }: { now: number; besides?: string }): Span[] {
  return store.by('testDrives', 'vehicleId', vehicleId)
    .filter(({ id, status }) => id !== besides && (status === 'BOOKED' || status === 'OUT'))
    .map(({ startsAt, endsAt, status }) => ({ startsAt: Date.parse(startsAt), endsAt: status === 'OUT' ? Math.max(Date.parse(endsAt), now) : Date.parse(endsAt) }));
}

/** The customer's name where one may see it, else whose booking it is. */
export function driverOf({ customerId, bookedById }: TestDriveRow): string {
  const customer = isHidden(customerId) ? undefined : store.get('customers', customerId);
  if (customer) return nameOf(customer);
  return isPrivate() ? t('drives.taken') : t('drives.bookedBy', { name: store.get('people', bookedById)?.name ?? t('common.unknown') });
}

export type Look = 'requested' | 'booked' | 'out' | 'done';

/** A booking that the server has not confirmed is never shown as booked. */
export function lookOf({ id, status }: TestDriveRow): Look {
  if (status === 'OUT') return 'out';
  if (status === 'RETURNED') return 'done';
  return store.isWaiting(id) ? 'requested' : 'booked';
}

export function stateOf(drive: TestDriveRow): string {
  const look = lookOf(drive);
  if (look === 'done') return t('words.drive_returned');
  return look === 'requested' ? t('words.drive_requested') : look === 'out' ? t('words.drive_out') : t('words.drive_booked');
}
