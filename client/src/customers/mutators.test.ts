import { expect, test } from 'vitest';
import { ada, aDay, shows } from '../follow_ups/pretend';
import type { ConsentRow, ContactPointRow } from '../model';
import { latest, missing } from './missing';
import { addContactPoint, addOwnedCar, changeContactPoint, editCustomer, giveConsent, mergeCustomers, relateCustomers, removeContactPoint, setDoNotContact, withdrawConsent } from './mutators';
import { storedPhone } from './phones';

const phone: ContactPointRow = { id: 'phone', kind: 'PHONE', value: '+8613800000001', typed: '', preferred: true, reachable: true, removedAt: null, customerId: 'ada', showroomId: 'harbour' };

test('only what is set changes, and null empties', () => {
  const draft = aDay({ customers: [{ ...ada, address: 'Old street', tags: ['vip', 'fleet'], note: 'first' }] });
  shows(draft, editCustomer, { id: 'ada', set: { name: 'Ada King', address: null }, addTags: ['owner'], removeTags: ['fleet'], appendNote: 'second' });
  expect(draft.get('customers', 'ada')).toMatchObject({ name: 'Ada King', address: '', familyName: 'Lovelace', tags: ['vip', 'owner'], note: 'first\nsecond' });
});

test('the first of its kind is preferred; the same number twice is one', () => {
  const draft = aDay();
  shows(draft, addContactPoint, { id: 'one', customerId: 'ada', kind: 'PHONE', value: '138 0000 0001' });
  shows(draft, addContactPoint, { id: 'two', customerId: 'ada', kind: 'PHONE', value: '+86 13800000001' });
  expect(draft.all('contactPoints')).toMatchObject([{ id: 'one', value: '+8613800000001', preferred: true }]);
});

test('a new preferred number takes the place of the other', () => {
  const draft = aDay({ contactPoints: [phone] });
  shows(draft, addContactPoint, { id: 'new', customerId: 'ada', kind: 'PHONE', value: '13800000002', preferred: true });
  expect(draft.all('contactPoints').map(({ id, preferred }) => [id, preferred])).toEqual([['phone', false], ['new', true]]);
  shows(draft, changeContactPoint, { id: 'phone', preferred: true, reachable: false });
  expect(draft.get('contactPoints', 'phone')).toMatchObject({ preferred: true, reachable: false });
  shows(draft, removeContactPoint, { id: 'phone' });
  expect(draft.get('contactPoints', 'phone')).toMatchObject({ preferred: false, removedAt: expect.any(String) });
});

test('who must not be contacted has no call left to do', () => {
  const draft = aDay();
  shows(draft, setDoNotContact, { customerId: 'ada', doNotContact: true });
  expect([draft.get('customers', 'ada')!.doNotContact, draft.get('followUps', 'step')!.kind]).toEqual([true, 'OTHER']);
});

test('a car is kept as plates and VINs are read', () => {
  const draft = aDay();
  shows(draft, addOwnedCar, { id: 'car', customerId: 'ada', make: 'VW', plate: '粤b·12345' });
  expect(draft.get('ownedCars', 'car')!.plate).toBe('粤B12345');
});

test('two records become one', () => {
  const draft = aDay({ customers: [ada, { ...ada, id: 'twin' }], contactPoints: [{ ...phone, customerId: 'twin' }] });
  shows(draft, mergeCustomers, { id: 'merge', customerId: 'ada', mergedId: 'twin' });
  expect([draft.get('customers', 'twin'), draft.get('contactPoints', 'phone')!.customerId]).toEqual([undefined, 'ada']);
});

test('a relation is said once', () => {
  const draft = aDay();
  for (const id of ['a', 'b']) shows(draft, relateCustomers, { id, customerId: 'ada', otherId: 'w', kind: 'SPOUSE' });
  expect(draft.all('relations')).toHaveLength(1);
});

test('the newest word on a consent counts', () => {
  const draft = aDay();
  const said = { customerId: 'ada', channel: 'CALL', purpose: 'MARKETING', source: 'TABLET', wording: '1' } as const;
  shows(draft, giveConsent, { id: 'yes', ...said });
  const lacking = (consents: readonly ConsentRow[]) => missing({ customer: ada, points: [phone], cars: [], consents, today: '2026-11-20' });
  expect(lacking(draft.all('consents'))).toEqual(['EMAIL', 'BIRTHDAY', 'ADDRESS', 'OWNED_CAR']);
  shows(draft, withdrawConsent, { id: 'no', ...said }, { now: '2026-11-20T10:00:00.000Z' });
  expect(latest(draft.all('consents'))).toMatchObject([{ id: 'no', given: false }]);
  expect(lacking(draft.all('consents'))).toContain('MARKETING_CONSENT');
});

test('numbers as they are typed in their country', () => {
  expect([storedPhone('138-0000-0001', 'CN'), storedPhone('(714) 555-0196', 'US'), storedPhone('1 714 555 0196', 'US'), storedPhone('0044 20 7946 0000', 'CN'), storedPhone('12', 'CN')])
    .toEqual(['+8613800000001', '+17145550196', '+17145550196', '+442079460000', '12']);
});
