// What people tap in a storm, chosen by dice from what their tablet shows. Marks in the texts are found again at the server.
import { newId } from '../../ids';
import type { CustomerRow, LeadRow } from '../../model';
import { atLocal, dayAfter, localDay } from '../../showrooms/hours';
import { isUnsettled } from '../../leads/touching';
import type { Engine } from '../engine';

/** Numbers of one tap: the same dice and the same sight give the same tap. */
export interface Dice {
  dice: number[];
  mark: string;
  showroomId: string;
  /** Customers and leads that were made on this tablet of late: half of the taps go there. */
  own: { customers: string[]; leads: string[] };
}

type Tap = (engine: Engine, given: Dice) => Record<string, unknown> | undefined;

/** Few numbers, so that tablets meet on the same person. */
const PHONES = Array.from({ length: 10 }, (_, n) => `(415) 555-26${String(n).padStart(2, '0')}`);
const NAMES = ['王小明 🚗', 'Ann Example', 'שלום כהן', 'Élodie Müller-Ärger', 'x'.repeat(150), "O'Brien; --", '李娜'];
const LEVELS = ['H', 'A', 'B', 'C', 'N'];

export const TAPS: Record<string, Tap> = {
  greetVisit: (_engine, { mark }) => ({ id: newId(), note: mark }),
  completeVisit: (engine, { dice, mark, showroomId }) => {
    const visit = nth(engine.visible.all('visits').filter((one) => one.kind === 'NOT_COMPLETED' && one.showroomId === showroomId), dice[0]!);
    return visit && { id: visit.id, kind: dice[1]! % 2 ? 'LOOKED_NOT_FILED' : 'NOT_A_BUYER', errand: dice[1]! % 2 ? null : 'SERVICE', note: mark };
  },
  captureWalkIn: (engine, { dice, mark }) => ({
    visitId: newId(), customerId: newId(), leadId: newId(), contactPointId: newId(), name: `${NAMES[dice[0]! % NAMES.length]} ${mark}`,
    ...(dice[1]! % 3 ? { phone: PHONES[dice[1]! % PHONES.length] } : {}), note: mark, party: 'COUPLE', level: LEVELS[dice[2]! % LEVELS.length],
    wanted: [{ make: 'Volkswagen', model: 'Golf' }], ...(dice[3]! % 2 ? { nextStep: step(dice[3]!) } : {}),
    ...(dice[2]! % 7 === 0 ? { visitId: greetedByTheDesk(engine) ?? newId() } : {}),
  }),
  editCustomer: (engine, given) => {
    const customer = customerOf(engine, given);
    if (!customer) return undefined;
    const field = given.dice[2]! % 2 ? 'address' : 'familyName';
    return { id: customer.id, seen: { [field]: customer[field] }, set: { [field]: given.mark }, appendNote: given.mark, addTags: [`t${given.dice[3]! % 3}`] };
  },
  addContactPoint: (engine, given) => {
    const customer = customerOf(engine, given);
    return customer && { id: newId(), customerId: customer.id, kind: 'PHONE', value: PHONES[given.dice[2]! % PHONES.length] };
  },
  logTouch: (engine, given) => {
    const lead = leadOf(engine, given);
    const kind = given.dice[2]! % 2 ? 'NOTE' : 'CALL';
    return lead && { id: newId(), leadId: lead.id, kind, outcome: kind === 'CALL' ? 'REACHED' : null, text: given.mark };
  },
  openLead: (engine, given) => {
    const customer = customerOf(engine, given);
    return customer && { id: newId(), customerId: customer.id, level: LEVELS[given.dice[2]! % LEVELS.length], nextStep: step(given.dice[3]!) };
  },
  changeLevel: (engine, given) => {
    const lead = leadOf(engine, given);
    return lead && { leadId: lead.id, level: LEVELS[given.dice[2]! % LEVELS.length] };
  },
  planFollowUp: (engine, given) => {
    const lead = leadOf(engine, given);
    return lead && { id: newId(), leadId: lead.id, dueAt: inDays(1 + (given.dice[2]! % 5)), note: given.mark };
  },
  completeFollowUp: (engine, given) => {
    const lead = leadOf(engine, given);
    const due = lead && engine.visible.by('followUps', 'leadId', lead.id).find(({ status }) => status === 'OPEN');
    return due && { id: due.id, outcome: 'REACHED', touchId: newId(), touchKind: 'CALL', text: given.mark, nextStep: step(given.dice[2]!) };
  },
  snoozeFollowUp: (engine, given) => {
    const lead = leadOf(engine, given);
    const due = lead && engine.visible.by('followUps', 'leadId', lead.id).find(({ status }) => status === 'OPEN');
    return due && { id: due.id, dueAt: inDays(2 + (given.dice[2]! % 5)) };
  },
  makePromise: (engine, given) => {
    const lead = leadOf(engine, given);
    return lead && { id: newId(), leadId: lead.id, text: given.mark };
  },
  bookTestDrive: (engine, given) => {
    const lead = leadOf(engine, given);
    const cars = engine.visible.all('vehicles').filter((car) => car.status === 'DEMO' && car.showroomId === given.showroomId).sort(byId);
    const car = cars[given.dice[2]! % Math.min(2, cars.length || 1)];
    return lead && car && { id: newId(), leadId: lead.id, vehicleId: car.id, ...slot(engine, given) };
  },
  moveTestDrive: (engine, given) => {
    const drive = driveOf(engine, given, 'BOOKED');
    return drive && { id: drive.id, ...slot(engine, given) };
  },
  checkOutTestDrive: (engine, given) => {
    const drive = driveOf(engine, given, 'BOOKED');
    return drive && { id: drive.id, agreementId: newId(), driverName: 'Ann', licenceChecked: true, licenceLastFour: '1234', signature: 'M0 0L9 9' };
  },
  returnTestDrive: (engine, given) => {
    const drive = driveOf(engine, given, 'OUT');
    return drive && { id: drive.id, note: given.mark };
  },
  cancelTestDrive: (engine, given) => {
    const drive = driveOf(engine, given, 'BOOKED');
    return drive && { id: drive.id, reason: given.mark };
  },
  closeWon: (engine, given) => {
    const lead = leadOf(engine, given);
    const cars = engine.visible.all('vehicles').filter((car) => car.status === 'IN_STOCK' && car.showroomId === given.showroomId).sort(byId);
    const car = cars[given.dice[2]! % Math.min(3, cars.length || 1)];
    return lead && { id: newId(), leadId: lead.id, price: '25000.00', ...(car ? { vehicleId: car.id } : { description: given.mark }) };
  },
  applyForLoss: (engine, given) => {
    const lead = leadOf(engine, given);
    return lead && { id: newId(), leadId: lead.id, reason: 'PRICE', evidence: given.mark };
  },
  approveLoss: (engine, given) => {
    const loss = nth(engine.visible.all('lossApplications').filter(({ status }) => status === 'APPLIED'), given.dice[0]!);
    return loss && { id: loss.id, note: given.mark };
  },
  refuseLoss: (engine, given) => {
    const loss = nth(engine.visible.all('lossApplications').filter(({ status }) => status === 'APPLIED'), given.dice[0]!);
    return loss && { id: loss.id, note: given.mark, nextStep: step(given.dice[1]!) };
  },
  postponeLead: (engine, given) => {
    const lead = leadOf(engine, given);
    const reviveOn = inDays(40 + (given.dice[2]! % 20)).slice(0, 10);
    return lead && { leadId: lead.id, reviveOn, text: given.mark };
  },
  reviveLead: (engine, given) => {
    const resting = engine.visible.all('leads').filter(({ status }) => status === 'NOT_NOW' || status === 'LOST');
    const lead = nth(resting, given.dice[0]!);
    return lead && { leadId: lead.id, level: 'B', nextStep: step(given.dice[1]!) };
  },
  reassignLead: (engine, given) => {
    const lead = leadOf(engine, given);
    const sellers = engine.visible.all('memberships').filter((one) => one.role === 'SALESPERSON' && one.showroomId === lead?.showroomId).sort(byId);
    const to = sellers[given.dice[2]! % (sellers.length + 1)];
    return lead && { leadId: lead.id, ownerId: to?.personId ?? null, reason: given.mark };
  },
  mergeCustomers: (engine, given) => {
    const one = customerOf(engine, given);
    const other = one && nth(few(engine.visible.all('customers').filter((row) => row.showroomId === one.showroomId && row.id !== one.id)), given.dice[2]!);
    return one && other && { id: newId(), customerId: one.id, mergedId: other.id };
  },
  unmergeCustomers: (engine, given) => {
    const merge = nth(engine.visible.all('customerMerges').filter((row) => !row.undoneAt), given.dice[0]!);
    return merge && { id: merge.id };
  },
};

/** Somebody who was greeted at the door, and waits for a salesperson. */
function greetedByTheDesk(engine: Engine): string | undefined {
  const desk = new Set(engine.visible.all('memberships').filter(({ role }) => role === 'RECEPTION').map(({ personId }) => personId));
  return engine.visible.all('visits').find(({ kind, greetedById }) => kind === 'NOT_COMPLETED' && desk.has(greetedById))?.id;
}

function leadOf(engine: Engine, { dice, own, showroomId }: Dice): LeadRow | undefined {
  const mine = dice[0]! % 2 ? engine.visible.get('leads', own.leads[dice[1]! % (own.leads.length || 1)]) : undefined;
  if (mine && isUnsettled(mine)) return mine;
  return nth(few(engine.visible.all('leads').filter((lead) => isUnsettled(lead) && lead.showroomId === showroomId)), dice[1]!);
}

function customerOf(engine: Engine, { dice, own, showroomId }: Dice): CustomerRow | undefined {
  const mine = dice[0]! % 2 ? engine.visible.get('customers', own.customers[dice[1]! % (own.customers.length || 1)]) : undefined;
  return mine ?? nth(few(engine.visible.all('customers').filter((row) => row.showroomId === showroomId && !row.mergedIntoId)), dice[1]!);
}

function driveOf(engine: Engine, { dice, showroomId }: Dice, status: string) {
  return nth(engine.visible.all('testDrives').filter((drive) => drive.status === status && drive.showroomId === showroomId), dice[0]!);
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);

/** The newest ones, so that everybody works on the same. */
const few = <T extends { id: string }>(rows: readonly T[]): T[] => [...rows].sort(byId).slice(-12);

const nth = <T extends { id: string }>(rows: readonly T[], n: number): T | undefined => [...rows].sort(byId)[n % (rows.length || 1)];

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

const step = (n: number) => ({ followUpId: newId(), dueAt: inDays(1 + (n % 4)), kind: 'CALL' });

/** One of few, overlapping halves of an hour on one of the next days. */
function slot(engine: Engine, { dice, showroomId }: Dice): { startsAt: string; endsAt: string } {
  const zone = engine.visible.get('showrooms', showroomId)?.timeZone ?? 'UTC';
  let day = dayAfter(localDay(Date.now(), zone), 1 + (dice[3]! % 2));
  if (new Date(`${day}T00:00:00Z`).getUTCDay() === 0) day = dayAfter(day, 2);
  const begins = atLocal(day, '11:00', zone) + (dice[3]! % 9) * 15 * 60_000;
  return { startsAt: new Date(begins).toISOString(), endsAt: new Date(begins + 30 * 60_000).toISOString() };
}
