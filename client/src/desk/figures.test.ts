import { expect, test } from 'vitest';
import type { SaleRow, TestDriveRow, VisitKind, VisitRow } from '../model';
import { countsOf, ratesOf, shareOf } from './figures';

const visits = (kinds: Partial<Record<VisitKind, number>>) =>
  Object.entries(kinds).flatMap(([kind, count]) => Array.from({ length: count }, () => ({ kind, arrivedAt: 'today' }) as VisitRow));
const drive = (more: Partial<TestDriveRow>) => ({ outAt: 'today', status: 'RETURNED', verified: false, leadId: 'x', ...more }) as TestDriveRow;
const sale = (leadId: string) => ({ leadId, orderedAt: 'today' }) as SaleRow;
const nothing = { visits: [], drives: [], sales: [], losses: [] };
const rate = (name: string, counts: ReturnType<typeof countsOf>) => ratesOf(counts).find((one) => one.name === name)!;

test('filed first visits are divided by all first-time lookers, and nothing else', () => {
  const counts = countsOf({ ...nothing, visits: visits({ FIRST_FILED: 3, LOOKED_NOT_FILED: 1, RETURN: 5, NOT_A_BUYER: 7, NOT_COMPLETED: 4 }) }, () => true);
  expect(rate('capture', counts)).toMatchObject({ numerator: 3, denominator: 4 });
  expect(rate('completion', counts)).toMatchObject({ numerator: 16, denominator: 20 });
});

test('a drive counts when the car went out, and leads to an order when it came back', () => {
  const drives = [drive({ leadId: 'a', verified: true }), drive({ leadId: 'b', status: 'OUT' }), drive({ leadId: 'c', outAt: null, status: 'BOOKED' })];
  const counts = countsOf({ ...nothing, drives, sales: [sale('a'), sale('b')], visits: visits({ RETURN: 4 }) }, () => true);
  expect(counts).toMatchObject({ drives: 2, verifiedDrives: 1, orders: 2, ordersAfterADrive: 1 });
  expect(rate('drive', counts)).toMatchObject({ numerator: 2, denominator: 4 });
});

test('what lies outside of the period is not counted, and nothing to divide by is no rate', () => {
  const counts = countsOf({ ...nothing, visits: visits({ FIRST_FILED: 3 }) }, () => false);
  expect(ratesOf(counts).map(shareOf)).toEqual([null, null, null, null, null, null]);
});
