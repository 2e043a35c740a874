// The manager's figures of a period, as server/desk/figures.py defines them: counts in, rates out.
import type { LossApplicationRow, SaleRow, TestDriveRow, VisitKind, VisitRow } from '../model';

export interface Counts {
  visits: Record<VisitKind, number>;
  drives: number;
  verifiedDrives: number;
  orders: number;
  ordersAfterADrive: number;
  approvedLosses: number;
}

export interface Rows {
  visits: readonly VisitRow[];
  drives: readonly TestDriveRow[];
  sales: readonly SaleRow[];
  losses: readonly LossApplicationRow[];
}

/** `within` says whether a moment lies in the period, by the showroom's days. */
export function countsOf({ visits, drives, sales, losses }: Rows, within: (at: string) => boolean): Counts {
  const kinds: Counts['visits'] = { NOT_COMPLETED: 0, FIRST_FILED: 0, FIRST_ALREADY_FILED: 0, LOOKED_NOT_FILED: 0, RETURN: 0, NOT_A_BUYER: 0 };
  for (const { kind, arrivedAt } of visits) if (within(arrivedAt)) kinds[kind] += 1;
  const out = drives.filter(({ outAt }) => outAt !== null);
  const driven = new Set(drives.filter(({ status }) => status === 'RETURNED').map(({ leadId }) => leadId));
  const ordered = sales.filter(({ orderedAt }) => within(orderedAt));
  return {
    visits: kinds,
    drives: out.filter(({ outAt }) => within(outAt!)).length,
    verifiedDrives: out.filter(({ outAt, verified }) => verified && within(outAt!)).length,
    orders: ordered.length,
    ordersAfterADrive: ordered.filter(({ leadId }) => driven.has(leadId)).length,
    approvedLosses: losses.filter(({ status, decidedAt }) => status === 'APPROVED' && decidedAt && within(decidedAt)).length,
  };
}

export interface Rate {
  name: 'capture' | 'completion' | 'drive' | 'verified' | 'driveToOrder' | 'closing';
  numerator: number;
  denominator: number;
}

/** Shown with both numbers on a tap. Nothing to divide by is no rate, never 0 %. */
export function ratesOf({ visits, drives, verifiedDrives, orders, ordersAfterADrive }: Counts): Rate[] {
  const all = Object.values(visits).reduce((sum, count) => sum + count, 0);
  const drivers = visits.FIRST_FILED + visits.FIRST_ALREADY_FILED + visits.RETURN;
  return [
    { name: 'capture', numerator: visits.FIRST_FILED, denominator: visits.FIRST_FILED + visits.LOOKED_NOT_FILED },
    { name: 'completion', numerator: all - visits.NOT_COMPLETED, denominator: all },
    { name: 'drive', numerator: drives, denominator: drivers },
    { name: 'verified', numerator: verifiedDrives, denominator: drivers },
    { name: 'driveToOrder', numerator: ordersAfterADrive, denominator: drives },
    { name: 'closing', numerator: orders, denominator: visits.FIRST_FILED },
  ];
}

export const shareOf = ({ numerator, denominator }: Rate): number | null => (denominator === 0 ? null : numerator / denominator);
