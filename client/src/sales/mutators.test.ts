import { expect, test } from 'vitest';
import { openOnes } from '../follow_ups/next_step';
import { ada, aDay, at, lead, shows, step } from '../follow_ups/pretend';
import type { LossApplicationRow, TestDriveRow, VehicleRow } from '../model';
import { priceOf } from './money';
import { applyForLoss, approveLoss, closeWon, postponeLead, refuseLoss, reviveLead } from './mutators';

const golf: VehicleRow = {
  id: 'golf', status: 'IN_STOCK', condition: 'NEW', vin: 'WVWZZZ1KZ8W000001', stockNumber: 'V1', make: 'Volkswagen', model: 'Golf', trim: '', year: 2026, body: 'Hatchback', exteriorColor: '', interiorColor: '',
  mileage: 5, odometerUnit: 'km', listPrice: null, price: '180000.00', currency: 'CNY', plate: '', keyTag: '', charge: null, inStockOn: null, soldAt: null, extras: {}, updatedAt: at.now, showroomId: 'harbour',
};
const drive: TestDriveRow = {
  id: 'drive', startsAt: '2026-11-21T10:00:00.000Z', endsAt: '2026-11-21T10:30:00.000Z', status: 'BOOKED', bookedById: 'mia', bookedAt: at.now, outAt: null, returnedAt: null, odometerOut: null,
  odometerIn: null, verified: false, cancelReason: '', updatedAt: at.now, customerId: 'ada', leadId: 'lead', showroomId: 'harbour', vehicleId: 'demo',
};
const loss: LossApplicationRow = {
  id: 'loss', reason: 'PRICE', rival: '', evidence: '', status: 'APPLIED', appliedById: 'mia', appliedAt: at.now, decidedById: null, decidedAt: null, decisionNote: '', customerId: 'ada', leadId: 'lead', showroomId: 'harbour',
};

test('sold: the car is gone, the plan is gone, and the delivery is the next step', () => {
  const draft = aDay({ vehicles: [golf], testDrives: [drive], lossApplications: [loss] });
  shows(draft, closeWon, { id: 'sale', leadId: 'lead', vehicleId: 'golf', price: '175000' });
  expect(draft.get('sales', 'sale')).toMatchObject({ price: '175000.00', currency: 'CNY', soldById: 'mia' });
  expect(draft.get('vehicles', 'golf')!.status).toBe('SOLD');
  expect(draft.get('testDrives', 'drive')).toMatchObject({ status: 'CANCELLED', cancelReason: 'ORDERED' });
  expect(draft.get('lossApplications', 'loss')!.status).toBe('WITHDRAWN');
  expect(draft.get('leads', 'lead')).toMatchObject({ status: 'WON', level: 'O', stage: 'ORDERED', nextStepAt: '2026-11-23T10:00:00.000Z' });
  expect(openOnes(draft, 'lead')).toMatchObject([{ reason: 'DELIVERY', reasonFacts: { car: 'Volkswagen Golf' } }]);
  expect(draft.get('customers', 'ada')!.isActive).toBe(false);
});

test('an order leaves the household in peace', () => {
  const husband = { ...ada, id: 'william', identityId: 'william', householdId: 'home' };
  const draft = aDay({ customers: [{ ...ada, householdId: 'home' }, husband], leads: [lead, { ...lead, id: 'his', customerId: 'william' }], followUps: [step, { ...step, id: 'call him', leadId: 'his', customerId: 'william' }] });
  shows(draft, closeWon, { id: 'sale', leadId: 'lead', description: 'Golf to order', price: '175000' });
  expect(draft.get('leads', 'his')).toMatchObject({ status: 'NOT_NOW', reviveOn: '2027-02-18' });
  expect(draft.get('followUps', 'call him')!.status).toBe('CANCELLED');
  expect(openOnes(draft, 'his')).toMatchObject([{ reason: 'REVIVE', reasonFacts: { because: 'ORDERED_ELSEWHERE', showroom: 'Harbour' } }]);
});

test('a loss that is applied for leaves the lead open, with its next step', () => {
  const draft = aDay();
  shows(draft, applyForLoss, { id: 'loss', leadId: 'lead', reason: 'RIVAL', rival: ' Toyota ' });
  expect(draft.get('lossApplications', 'loss')).toMatchObject({ status: 'APPLIED', rival: 'Toyota' });
  expect([draft.get('leads', 'lead')!.status, openOnes(draft, 'lead').length]).toEqual(['OPEN', 1]);
});

test('approved: lost, nothing planned, no drive', () => {
  const draft = aDay({ lossApplications: [loss], testDrives: [drive] });
  shows(draft, approveLoss, { id: 'loss' }, { me: 'vera' });
  expect(draft.get('leads', 'lead')).toMatchObject({ status: 'LOST', nextStepAt: null, closedAt: at.now });
  expect(draft.get('testDrives', 'drive')!.status).toBe('CANCELLED');
  expect(draft.get('lossApplications', 'loss')!.decidedById).toBe('vera');
});

test('refused: the salesperson reads why, tomorrow', () => {
  const draft = aDay({ lossApplications: [loss], people: [{ id: 'vera', name: 'Vera', email: '', language: 'en', theme: '', active: true, leftOn: null, groupId: 'group', homeShowroomId: 'harbour' }] });
  shows(draft, refuseLoss, { id: 'loss', note: 'call once more' }, { me: 'vera' });
  expect(draft.get('followUps', 'made next')).toMatchObject({ reason: 'LOSS_REFUSED', reasonFacts: { by: 'Vera', note: 'call once more' }, dueAt: '2026-11-21T10:00:00.000Z' });
});

test('a decided loss is not decided again', () => {
  const draft = aDay({ lossApplications: [{ ...loss, status: 'REFUSED' }] });
  shows(draft, approveLoss, { id: 'loss' });
  expect(draft.get('leads', 'lead')!.status).toBe('OPEN');
});

test('not now, and awake again', () => {
  const draft = aDay({ testDrives: [drive] });
  shows(draft, postponeLead, { leadId: 'lead', reviveOn: '2026-12-20', text: 'after Christmas' });
  expect(draft.get('leads', 'lead')).toMatchObject({ status: 'NOT_NOW', reviveOn: '2026-12-20', nextStepAt: '2026-12-20T10:00:00.000Z' });
  expect(draft.get('touches', 'made touch')).toMatchObject({ kind: 'NOTE', text: 'after Christmas' });
  shows(draft, reviveLead, { leadId: 'lead' });
  expect(draft.get('leads', 'lead')).toMatchObject({ status: 'OPEN', reviveOn: null });
  expect(openOnes(draft, 'lead')).toHaveLength(1);
});

test('a price is more than nothing and exact to the cent', () => {
  expect([priceOf('289,900'), priceOf('¥ 12 500.5'), priceOf('１２３')]).toEqual(['289900.00', '12500.50', '123.00']);
  expect([priceOf('0'), priceOf('-1'), priceOf('12.345'), priceOf('abc'), priceOf('')]).toEqual([null, null, null, null, null]);
});
