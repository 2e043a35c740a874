import { beforeEach, expect, test } from 'vitest';
import { knows, setLanguage, timeZone } from '../i18n';
import '../mutators';
import type { VerbOneOf } from '../api/generated/graphql';
import { fixableOf, freeSlots, mended } from './fixing';
import { asText, deedOf, typedOf, whyOf, type Refused } from './words';

const refused = (verb: string, variables: Record<string, unknown>, more: Partial<Refused> = {}): Refused => ({
  clientMutationId: 'entry', verb, version: 1, variables, at: '2026-11-20T09:00:00.000Z', showroomId: 'harbour', parked: false, since: 0,
  problems: [{ code: 'INVALID_PHONE', field: 'phone', message: '“123” is not a phone number that can be called.' }], ...more,
});

const walkIn = refused('captureWalkIn', {
  visitId: 'v', customerId: 'c', leadId: 'l', contactPointId: 'p', name: 'Grace', phone: '123', party: 'COUPLE', note: 'wants it <blue>\nand soon', sourceId: null,
  level: 'H', wanted: [{ make: 'Volkswagen', model: 'ID.4' }], rivals: [], nextStep: { followUpId: 'f', dueAt: '2026-11-21T10:00:00.000Z', kind: 'CALL', note: 'price' },
});

beforeEach(async () => {
  await setLanguage('en');
  timeZone.value = 'UTC';
});

test('everything that was typed is there, in words, and no id', () => {
  expect(typedOf(walkIn)).toEqual([
    { label: 'Name', value: 'Grace' }, { label: 'Phone', value: '123' }, { label: 'Who came', value: 'Couple' }, { label: 'Note', value: 'wants it <blue>\nand soon' },
    { label: 'Level', value: 'Will order within 7 days' }, { label: 'Wanted', value: 'Volkswagen ID.4' }, { label: 'When', value: expect.stringContaining('10:00') as string },
    { label: 'Kind', value: 'Call' }, { label: 'Note', value: 'price' },
  ]);
});

test('the reason is the server\'s own sentence; without one ours, by its code', () => {
  expect(whyOf(walkIn)).toContain('“123”');
  expect(whyOf(refused('x', {}, { problems: [{ code: 'SLOT_TAKEN', message: '' }] }))).toContain('taken');
  expect(whyOf(refused('x', {}, { problems: [{ code: 'OF_A_LATER_VERSION', message: '' }] }))).toContain('kept here');
  expect(whyOf(refused('x', {}, { problems: [], parked: true }))).toContain('set aside');
});

test('texts, numbers and moments can be mended, ids and lists cannot; what is not changed stays as it was', () => {
  expect(fixableOf(walkIn.variables).map(({ path }) => path)).toEqual(['name', 'phone', 'note', 'nextStep.dueAt', 'nextStep.note']);
  const again = mended(walkIn.variables, { phone: '13812345678', 'nextStep.note': 'the price' });
  expect(again).toMatchObject({ visitId: 'v', phone: '13812345678', name: 'Grace', nextStep: { followUpId: 'f', note: 'the price', kind: 'CALL' } });
  expect(walkIn.variables['phone']).toBe('123');
  expect(mended({ odometer: 5, charge: 6 }, { odometer: '4720', charge: '' })).toEqual({ odometer: 4720, charge: null });
});

test('a taken slot comes with the nearest free ones, and other refusals with none', () => {
  const free = [{ startsAt: '2026-11-21T10:45:00.000Z', endsAt: '2026-11-21T11:15:00.000Z' }];
  expect(freeSlots(refused('bookTestDrive', {}, { problems: [{ code: 'SLOT_TAKEN', message: '', details: { takenBy: 'Bo', free } }] }))).toEqual(free);
  expect(freeSlots(walkIn)).toEqual([]);
});

test('for the manager it is one text with the deed, the reason and every value', () => {
  expect(asText(walkIn)).toContain('Captured a walk-in');
  expect(asText(walkIn)).toContain('Phone: 123');
});

test('every verb of the API has its words', () => {
  const verbs: Record<Exclude<keyof VerbOneOf, 'skipEntry' | 'discardEntry'>, true> = {
    addContactPoint: true, addOwnedCar: true, applyForLoss: true, approveLoss: true, bookTestDrive: true, cancelFollowUp: true, cancelTestDrive: true,
    captureWalkIn: true, changeContactPoint: true, changeLevel: true, changeRivals: true, changeStage: true, changeWanted: true, checkOutTestDrive: true,
    closeWon: true, completeFollowUp: true, completeVisit: true, editCustomer: true, giveConsent: true, greetVisit: true, joinHousehold: true,
    keepPromise: true, leaveVisit: true, logTouch: true, makePromise: true, markNoShow: true, mergeCustomers: true, moveTestDrive: true, openLead: true,
    planFollowUp: true, postponeLead: true, reassignFollowUp: true, reassignLead: true, refuseLoss: true, relateCustomers: true,
    removeContactPoint: true, removeOwnedCar: true, returnTestDrive: true, reviveLead: true, setDoNotContact: true, snoozeFollowUp: true,
    unmergeCustomers: true, updateMySettings: true, withdrawConsent: true,
  };
  for (const verb of Object.keys(verbs)) expect(knows(`refusals.verb_${verb}`), verb).toBe(true);
  expect(deedOf({ verb: 'bookTestDrive' })).toBe('Booked a test drive');
});

test('who changes language meanwhile reads the reason in theirs', async () => {
  expect(whyOf(walkIn)).toBe('“123” is not a phone number that can be called.');
  await setLanguage('zh-CN');
  expect(whyOf(walkIn)).toMatch(/有效的电话号码.*。$/);
  const told = refused('captureWalkIn', {}, { problems: [{ code: 'INVALID_PHONE', message: '“123”不是可以拨打的号码。' }] });
  expect(whyOf(told)).toBe('“123”不是可以拨打的号码。');
});
