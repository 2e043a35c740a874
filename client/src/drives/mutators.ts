// What the board shows until the server has spoken. A booking among these is "requested", never confirmed. Pure.
import type {
  BookTestDriveInput, CancelTestDriveInput, CheckOutTestDriveInput, MarkNoShowInput, MoveTestDriveInput, ReturnTestDriveInput,
} from '../api/generated/graphql';
import { ensureNextStep, settleBy } from '../follow_ups/next_step';
import { advance, setStatus, touch } from '../leads/touching';
import { defineMutator, type VariablesOf } from '../sync/mutator';

export const bookTestDrive = defineMutator<VariablesOf<BookTestDriveInput>>({
  name: 'bookTestDrive',
  show(draft, { id, leadId, vehicleId, startsAt, endsAt }, at) {
    const lead = draft.get('leads', leadId);
    draft.put('testDrives', {
      id, leadId, vehicleId, startsAt, endsAt, status: 'BOOKED', bookedById: at.me, bookedAt: at.now, outAt: null, returnedAt: null,
      odometerOut: null, odometerIn: null, verified: false, cancelReason: '', updatedAt: at.now, customerId: lead?.customerId ?? '',
      showroomId: at.showroomId,
    });
    if (lead?.status === 'NOT_NOW') setStatus(draft, leadId, 'OPEN', at);
    advance(draft, leadId, 'TEST_DRIVE_BOOKED');
    ensureNextStep(draft, leadId, at);
  },
});

export const moveTestDrive = defineMutator<VariablesOf<MoveTestDriveInput>>({
  name: 'moveTestDrive',
  show(draft, { id, startsAt, endsAt, vehicleId }) {
    draft.patch('testDrives', id, { startsAt, endsAt, ...(vehicleId ? { vehicleId } : {}) });
  },
});

export const checkOutTestDrive = defineMutator<VariablesOf<CheckOutTestDriveInput>>({
  name: 'checkOutTestDrive',
  show(draft, { id, agreementId, driverName, odometer, licenceChecked, licenceLastFour, licenceExpiresOn, signature }, at) {
    const drive = draft.get('testDrives', id);
    if (!drive) return;
    const signed = !!signature?.trim();
    draft.put('driveAgreements', {
      id: agreementId, driverName, licenceLastFour: licenceLastFour ?? '', licenceExpiresOn: licenceExpiresOn ?? null, signature: signature ?? '',
      signedAt: signed ? at.now : null, checkedById: at.me, customerId: drive.customerId, driveId: id, showroomId: drive.showroomId,
    });
    draft.patch('testDrives', id, { status: 'OUT', outAt: at.now, odometerOut: odometer ?? null, verified: !!licenceChecked && signed });
  },
});

export const returnTestDrive = defineMutator<VariablesOf<ReturnTestDriveInput>>({
  name: 'returnTestDrive',
  show(draft, { id, odometer, charge, note }, at) {
    const drive = draft.get('testDrives', id);
    if (!drive) return;
    const vehicle = draft.get('vehicles', drive.vehicleId);
    draft.patch('testDrives', id, { status: 'RETURNED', returnedAt: at.now, odometerIn: odometer ?? null });
    draft.patch('vehicles', drive.vehicleId, { mileage: odometer ?? vehicle?.mileage ?? null, charge: charge ?? vehicle?.charge ?? null });
    const lead = draft.get('leads', drive.leadId);
    if (!lead) return;
    const car = vehicle ? `${vehicle.make} ${vehicle.model}`.trim() : '';
    const happened = { id: at.id('touch'), kind: 'TEST_DRIVE', outcome: 'CAME_IN', text: note, about: { code: 'TEST_DRIVE', car, driveId: id } } as const;
    touch(draft, lead, happened, at);
    settleBy(draft, lead.id, happened, at);
    ensureNextStep(draft, lead.id, at);
  },
});

export const cancelTestDrive = defineMutator<VariablesOf<CancelTestDriveInput>>({
  name: 'cancelTestDrive',
  show(draft, { id, reason }, at) {
    draft.patch('testDrives', id, { status: 'CANCELLED', cancelReason: reason?.trim() ?? '' });
    ensureNextStep(draft, draft.get('testDrives', id)?.leadId ?? '', at);
  },
});

export const markNoShow = defineMutator<VariablesOf<MarkNoShowInput>>({
  name: 'markNoShow',
  show(draft, { id }, at) {
    draft.patch('testDrives', id, { status: 'NO_SHOW' });
    ensureNextStep(draft, draft.get('testDrives', id)?.leadId ?? '', at);
  },
});
