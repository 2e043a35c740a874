import { expect, test } from 'vitest';
import { openOnes } from '../follow_ups/next_step';
import { aDay, lead, shows } from '../follow_ups/pretend';
import { bookTestDrive, cancelTestDrive, checkOutTestDrive, markNoShow, moveTestDrive, returnTestDrive } from './mutators';

const slot = { startsAt: '2026-11-21T10:00:00.000Z', endsAt: '2026-11-21T10:30:00.000Z' };

function booked(more = {}) {
  const draft = aDay(more);
  shows(draft, bookTestDrive, { id: 'drive', leadId: 'lead', vehicleId: 'golf', ...slot });
  return draft;
}

test('a booking carries the lead on and keeps its next step', () => {
  const draft = booked();
  expect(draft.get('testDrives', 'drive')).toMatchObject({ status: 'BOOKED', bookedById: 'mia', customerId: 'ada', ...slot });
  expect(draft.get('leads', 'lead')).toMatchObject({ stage: 'TEST_DRIVE_BOOKED' });
  expect(openOnes(draft, 'lead')).toHaveLength(1);
});

test('a booking wakes a lead that slept, and never takes one back', () => {
  expect(booked({ leads: [{ ...lead, status: 'NOT_NOW', reviveOn: '2027-01-01' }] }).get('leads', 'lead')).toMatchObject({ status: 'OPEN', reviveOn: null });
  expect(booked({ leads: [{ ...lead, stage: 'NEGOTIATING' }] }).get('leads', 'lead')).toMatchObject({ stage: 'NEGOTIATING' });
});

test('of a lead that this tablet no longer has, the slot is still shown as taken', () => {
  expect(booked({ leads: [] }).get('testDrives', 'drive')).toMatchObject({ status: 'BOOKED' });
});

test('a drive is verified by licence and signature, else claimed', () => {
  for (const [licenceChecked, signature, verified] of [[true, 'M0 0', true], [true, ' ', false], [false, 'M0 0', false]] as const) {
    const draft = booked();
    shows(draft, checkOutTestDrive, { id: 'drive', agreementId: 'agreement', driverName: 'Ada', licenceChecked, signature, odometer: 4711 });
    expect(draft.get('testDrives', 'drive')).toMatchObject({ status: 'OUT', verified, odometerOut: 4711 });
    expect(draft.get('driveAgreements', 'agreement')).toMatchObject({ driverName: 'Ada', driveId: 'drive', customerId: 'ada' });
  }
});

test('back with the car: it happened, and the next call is planned from it', () => {
  const draft = booked();
  shows(draft, checkOutTestDrive, { id: 'drive', agreementId: 'agreement', driverName: 'Ada' });
  shows(draft, returnTestDrive, { id: 'drive', odometer: 4720, note: 'loved it' });
  expect(draft.get('testDrives', 'drive')).toMatchObject({ status: 'RETURNED', odometerIn: 4720 });
  expect(draft.get('leads', 'lead')).toMatchObject({ stage: 'TEST_DRIVEN' });
  expect(draft.get('touches', 'made touch')).toMatchObject({ kind: 'TEST_DRIVE', text: 'loved it', about: { driveId: 'drive' } });
  expect(openOnes(draft, 'lead')).toMatchObject([{ reason: 'AFTER_TEST_DRIVE' }]);
});

test('moved, called off, or nobody came', () => {
  const later = { startsAt: '2026-11-21T12:00:00.000Z', endsAt: '2026-11-21T12:30:00.000Z' };
  const draft = booked();
  shows(draft, moveTestDrive, { id: 'drive', vehicleId: 'tiguan', ...later });
  expect(draft.get('testDrives', 'drive')).toMatchObject({ vehicleId: 'tiguan', ...later });
  shows(draft, markNoShow, { id: 'drive' });
  expect(draft.get('testDrives', 'drive')).toMatchObject({ status: 'NO_SHOW' });
  shows(draft, cancelTestDrive, { id: 'drive', reason: ' rain ' });
  expect(draft.get('testDrives', 'drive')).toMatchObject({ status: 'CANCELLED', cancelReason: 'rain' });
});
