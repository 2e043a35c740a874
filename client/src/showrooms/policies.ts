// What a showroom may decide for itself: the server's defaults, with the differences that it sends.
import type { Level, ShowroomRow } from '../model';

export interface Policies {
  sight: 'OWN' | 'SHOWROOM';
  /** Days between two follow-ups, by level. */
  cadence: Readonly<Partial<Record<Level, number>>>;
  firstContactHours: number;
  driveMinutes: number;
  driveBufferMinutes: number;
  noShowMinutes: number;
  happenedAtDays: number;
  windowDays: number;
  idleLockSeconds: number;
  offlineLeaseHours: number;
  ownershipDays: number;
}

export const defaults: Policies = {
  sight: 'OWN',
  cadence: { N: 3, H: 1, A: 3, B: 7, C: 15, NURTURE: 90, O: 3 },
  firstContactHours: 24,
  driveMinutes: 30,
  driveBufferMinutes: 15,
  noShowMinutes: 60,
  happenedAtDays: 30,
  windowDays: 90,
  idleLockSeconds: 300,
  offlineLeaseHours: 12,
  ownershipDays: 30,
};

export function policiesOf(showroom: Pick<ShowroomRow, 'policies'> | undefined): Policies {
  const own = (showroom?.policies ?? {}) as Partial<Policies>;
  const known = Object.entries(own).filter(([name, value]) => name in defaults && typeof value === typeof defaults[name as keyof Policies]);
  return { ...defaults, ...Object.fromEntries(known), cadence: { ...defaults.cadence, ...own.cadence } };
}
