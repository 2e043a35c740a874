import { useEffect, useState } from 'preact/hooks';
import { tick } from '../clock';
import { formatDayTime, formatTime, t } from '../i18n';
import type { TestDriveRow } from '../model';
import { paths } from '../routes';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { Tag } from '../ui/Card';
import { isHidden } from '../ui/privacy';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { CancelForm } from './CancelForm';
import { CheckOutForm } from './CheckOutForm';
import { MoveForm } from './MoveForm';
import { cancelTestDrive, markNoShow } from './mutators';
import { carOf, driverOf, lookOf, plateOf, stateOf } from './queries';
import { ReturnForm } from './ReturnForm';

type View = 'detail' | 'move' | 'out' | 'back' | 'cancel';

const titles = { detail: 'words.testDrive', move: 'drives.move', out: 'drives.checkOut', back: 'drives.takeBack', cancel: 'drives.cancel' } as const;

/** One drive: what it is, and what may become of it now. */
export function DriveSheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const [view, setView] = useState<View>('detail');
  useEffect(() => setView('detail'), [id]);
  const drive = store.get('testDrives', id);
  const forms = drive && { drive, onDone: onClose };
  return (
    <Sheet open={!!drive} title={t(titles[view])} onClose={onClose}>
      {forms && view === 'detail' && <Detail drive={forms.drive} onView={setView} onClose={onClose} />}
      {forms && view === 'move' && <MoveForm {...forms} />}
      {forms && view === 'out' && <CheckOutForm {...forms} />}
      {forms && view === 'back' && <ReturnForm {...forms} />}
      {forms && view === 'cancel' && <CancelForm onCancel={(reason) => void callOff(forms.drive, reason, onClose)} />}
    </Sheet>
  );
}

function Detail({ drive, onView, onClose }: { drive: TestDriveRow; onView: (view: View) => void; onClose: () => void }) {
  const car = store.get('vehicles', drive.vehicleId);
  const customer = isHidden(drive.customerId) ? undefined : store.get('customers', drive.customerId);
  const look = lookOf(drive);
  return (
    <div class="stack">
      <div class="drives__facts">
        <h3 class="wrap-2">{driverOf(drive)}</h3>
        <p>{carOf(car)}{car && <span class="quiet small"> · {plateOf(car)}</span>}</p>
        <p>{formatDayTime(drive.startsAt)} – {formatTime(drive.endsAt)}</p>
        <div class="line">
          <Tag tone={look === 'requested' ? 'wait' : look === 'out' ? 'good' : 'accent'}>{stateOf(drive)}</Tag>
          {drive.outAt && <Tag>{drive.verified ? t('words.driveVerified') : t('words.driveClaimed')}</Tag>}
        </div>
        {look === 'requested' && <p class="quiet small">{t('drives.requestedText')}</p>}
        <p class="quiet small">{t('drives.bookedBy', { name: store.get('people', drive.bookedById)?.name ?? t('common.unknown') })}</p>
        <Readings drive={drive} />
      </div>
      {drive.status === 'BOOKED' && <Button kind="main" wide icon="key" onClick={() => onView('out')}>{t('drives.checkOut')}</Button>}
      {drive.status === 'OUT' && <Button kind="main" wide icon="check" onClick={() => onView('back')}>{t('drives.takeBack')}</Button>}
      {drive.status === 'BOOKED' && (
        <div class="drives__ways">
          <Button icon="calendar" onClick={() => onView('move')}>{t('drives.move')}</Button>
          {Date.parse(drive.startsAt) < tick.value && <Button onClick={() => void noShow(drive, onClose)}>{t('words.drive_no_show')}</Button>}
          <Button kind="danger" onClick={() => onView('cancel')}>{t('drives.cancel')}</Button>
        </div>
      )}
      {customer && <Button kind="plain" wide icon="user" href={paths.lead(drive.leadId)}>{t('drives.openLead')}</Button>}
    </div>
  );
}

function Readings({ drive }: { drive: TestDriveRow }) {
  if (drive.odometerOut === null && drive.odometerIn === null) return null;
  const driven = drive.odometerOut !== null && drive.odometerIn !== null ? drive.odometerIn - drive.odometerOut : null;
  return (
    <p class="small">
      {drive.odometerOut !== null && t('drives.odometerOut', { count: drive.odometerOut })}
      {drive.odometerIn !== null && ` · ${t('drives.odometerIn', { count: drive.odometerIn })}`}
      {driven !== null && ` · ${t('drives.driven', { count: driven })}`}
    </p>
  );
}

async function callOff(drive: TestDriveRow, reason: string, onClose: () => void): Promise<void> {
  const handle = await add(cancelTestDrive, { id: drive.id, reason }, { hold: true });
  onClose();
  showToast({ text: t('drives.cancelled', { name: driverOf(drive) }), undo: () => void handle.undo() });
}

async function noShow(drive: TestDriveRow, onClose: () => void): Promise<void> {
  const handle = await add(markNoShow, { id: drive.id }, { hold: true });
  onClose();
  showToast({ text: t('drives.noShowSaid', { name: driverOf(drive) }), undo: () => void handle.undo() });
}
