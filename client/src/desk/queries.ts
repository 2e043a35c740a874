// What the desk reads of the local store, for the showroom acted as. Reactive: call inside components.
import { dayOf, daysBetween } from '../i18n';
import type { FollowUpRow, LossApplicationRow, TestDriveRow } from '../model';
import { me } from '../people/session';
import { store } from '../sync/store';

const here = () => me.value?.showroomId ?? '';

export const drivesOut = (): TestDriveRow[] => store.by('testDrives', 'showroomId', here()).filter(({ status }) => status === 'OUT').sort(byTime(({ endsAt }) => endsAt));

export interface Appointment {
  id: string;
  leadId: string;
  customerId: string;
  at: string;
  drive?: TestDriveRow;
  ownerId: string | null;
}

/** Who is expected today: promised to come in, or booked to drive; in the order of the day. */
export function appointments(now: number): Appointment[] {
  const today = dayOf(now);
  const comes = store.by('followUps', 'showroomId', here())
    .filter(({ kind, status, dueAt }) => kind === 'APPOINTMENT' && status === 'OPEN' && dayOf(dueAt) === today)
    .map(({ id, leadId, customerId, dueAt, ownerId }) => ({ id, leadId, customerId, at: dueAt, ownerId }));
  const drives = store.by('testDrives', 'showroomId', here())
    .filter(({ status, startsAt }) => status === 'BOOKED' && dayOf(startsAt) === today)
    .map((drive) => ({ id: drive.id, leadId: drive.leadId, customerId: drive.customerId, at: drive.startsAt, drive, ownerId: drive.bookedById }));
  return [...comes, ...drives].sort(byTime(({ at }) => at));
}

export interface Behind {
  ownerId: string | null;
  count: number;
  /** Days that the oldest is late. */
  oldest: number;
}

/** Open follow-ups of an earlier day, by whose they are; who is furthest behind first. */
export function overdueByOwner(now: number): Behind[] {
  const today = dayOf(now);
  const behind = new Map<string | null, Behind>();
  for (const { ownerId, status, dueAt } of store.by('followUps', 'showroomId', here()) as readonly FollowUpRow[]) {
    if (status !== 'OPEN' || Date.parse(dueAt) >= now || dayOf(dueAt) >= today) continue;
    const known = behind.get(ownerId) ?? { ownerId, count: 0, oldest: 0 };
    behind.set(ownerId, { ownerId, count: known.count + 1, oldest: Math.max(known.oldest, daysBetween(dueAt, now)) });
  }
  return [...behind.values()].sort((one, other) => other.count - one.count);
}

export const lossesWaiting = (): LossApplicationRow[] =>
  store.by('lossApplications', 'showroomId', here()).filter(({ status }) => status === 'APPLIED').sort(byTime(({ appliedAt }) => appliedAt));

const byTime = <T>(timeOf: (row: T) => string) => (one: T, other: T): number => (timeOf(one) < timeOf(other) ? -1 : 1);
