import { describe, expect, test } from 'vitest';
import { openOnes } from '../follow_ups/next_step';
import { aDay, ada, lead, shows } from '../follow_ups/pretend';
import type { ContactPointRow, MembershipRow } from '../model';
import { captureWalkIn, type WalkIn } from './capture';
import { blank, isBlank, walkInOf } from './form';
import { matchesOf } from './matches';
import { completeVisit, greetVisit, leaveVisit } from './mutators';
import { looksWhole } from './phones';

const point = (id: string, customerId: string, value: string, more: Partial<ContactPointRow> = {}): ContactPointRow =>
  ({ id, kind: 'PHONE', value, typed: value, preferred: true, reachable: true, removedAt: null, customerId, showroomId: 'harbour', ...more });
const sells: MembershipRow = { id: 'm', role: 'SALESPERSON', groupId: 'group', personId: 'mia', showroomId: 'harbour' };
const walkIn: WalkIn = { visitId: 'visit', customerId: 'new', leadId: 'new lead', contactPointId: 'point', phone: '13812345678' };
const floor = (more = {}) => aDay({ memberships: [sells], ...more });

describe('a walk-in', () => {
  test('with an unknown number is filed: customer, phone, lead and next step in one entry', () => {
    const draft = floor();
    shows(draft, captureWalkIn, { ...walkIn, name: 'Grace', level: 'H', wanted: [{ make: 'Volkswagen', model: 'ID.4' }] });
    expect(draft.get('customers', 'new')).toMatchObject({ name: 'Grace', ownerId: 'mia' });
    expect(draft.get('contactPoints', 'point')).toMatchObject({ value: '+8613812345678', customerId: 'new' });
    expect(draft.get('leads', 'new lead')).toMatchObject({ level: 'H', stage: 'VISITED', ownerId: 'mia', wanted: [{ make: 'Volkswagen', model: 'ID.4' }] });
    expect(draft.get('visits', 'visit')).toMatchObject({ kind: 'FIRST_FILED', customerId: 'new', leadId: 'new lead', completedById: 'mia' });
    expect(openOnes(draft, 'new lead')).toHaveLength(1);
  });

  test('with a known number is that customer, and their lead is worked on', () => {
    const draft = floor({ contactPoints: [point('old', 'ada', '+8613812345678')] });
    shows(draft, captureWalkIn, { ...walkIn, level: 'H' });
    expect(draft.get('customers', 'new')).toBeUndefined();
    expect(draft.get('visits', 'visit')).toMatchObject({ kind: 'FIRST_ALREADY_FILED', customerId: 'ada', leadId: 'lead' });
    expect(draft.get('leads', 'lead')).toMatchObject({ level: 'H', stage: 'VISITED' });
  });

  test('of another\'s customer leaves their lead as it is', () => {
    const draft = floor({ leads: [{ ...lead, ownerId: 'bo' }], contactPoints: [point('old', 'ada', '+8613812345678')] });
    shows(draft, captureWalkIn, { ...walkIn, level: 'H', nextStep: { followUpId: 'mine', dueAt: '2026-11-25T10:00:00.000Z' } });
    expect(draft.get('leads', 'lead')).toMatchObject({ ownerId: 'bo', level: 'A' });
    expect(draft.get('followUps', 'mine')).toBeUndefined();
  });

  test('without a name and a number has looked, and every word is kept', () => {
    const draft = floor();
    shows(draft, greetVisit, { id: 'visit', party: 'COUPLE', note: 'red jacket' });
    shows(draft, captureWalkIn, { ...walkIn, phone: '', note: 'back on Sunday' });
    expect(draft.get('visits', 'visit')).toMatchObject({ kind: 'LOOKED_NOT_FILED', customerId: null, note: 'red jacket\nback on Sunday' });
  });

  test('at the reception lies in the pool', () => {
    const draft = floor({ memberships: [{ ...sells, role: 'RECEPTION' }] });
    shows(draft, captureWalkIn, walkIn);
    expect(draft.get('leads', 'new lead')).toMatchObject({ ownerId: null });
  });
});

test('whoever comes for the keys is no buyer; who left, left when they first left', () => {
  const draft = floor();
  shows(draft, greetVisit, { id: 'visit' });
  shows(draft, completeVisit, { id: 'visit', kind: 'NOT_A_BUYER', errand: 'DELIVERY' });
  shows(draft, leaveVisit, { id: 'visit' }, { now: '2026-11-20T09:30:00.000Z' });
  shows(draft, leaveVisit, { id: 'visit' }, { now: '2026-11-20T11:00:00.000Z' });
  expect(draft.get('visits', 'visit')).toMatchObject({ kind: 'NOT_A_BUYER', errand: 'DELIVERY', leftAt: '2026-11-20T09:30:00.000Z' });
});

describe('digits on the pad', () => {
  const points = [point('1', 'ada', '+8613812345678'), point('2', 'bo', '+8613900005678'), point('3', 'cy', '+8613812340000'), point('4', 'di', '+8618812345678', { removedAt: 'x' })];
  const who = (typed: string) => matchesOf(typed, { points, country: 'CN' }).map(({ customerId }) => customerId);

  test('find a number by its tail and by its beginning, not by its middle', () => {
    expect(who('5678')).toEqual(['ada', 'bo']);
    expect(who('13812')).toEqual(['cy', 'ada']);
    expect(who('23456')).toEqual([]);
  });

  test('put the whole number first, and wait for three digits', () => {
    expect(who('13812345678')).toEqual(['ada']);
    expect(who('+8613812345678')).toEqual(['ada']);
    expect(who('56')).toEqual([]);
  });

  test('are a whole number, or a tail that would be refused', () => {
    expect(['13812345678', '+447700900123', '021555501'].map((typed) => looksWhole(typed, 'CN'))).toEqual([true, true, false]);
    expect(['3135550125', '13135550125', '5550125'].map((typed) => looksWhole(typed, 'US'))).toEqual([true, true, false]);
  });
});

test('a customer who was picked is sent by id, without the tail that found them', () => {
  const form = { ...blank('visit'), chosenId: ada.id, phone: '5678', name: 'x', callIn: 3 };
  const sent = walkInOf(form, { dueAt: (days) => `in ${days}` });
  expect(sent).toMatchObject({ customerId: 'ada', phone: '', name: '', nextStep: { dueAt: 'in 3' } });
  expect([isBlank(blank()), isBlank(form)]).toEqual([true, false]);
});
