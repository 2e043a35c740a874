import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { dayOf, t } from '../i18n';
import { newId } from '../ids';
import type { TestDriveRow } from '../model';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { Checklist } from '../ui/Checklist';
import { Field } from '../ui/Field';
import { isHidden } from '../ui/privacy';
import { SignaturePad, type Signature } from '../ui/SignaturePad';
import { showToast } from '../ui/Toast';
import { checkOutTestDrive } from './mutators';
import { carOf } from './queries';

interface CheckOut {
  agreementId: string;
  driverName: string;
  licenceChecked: boolean;
  lastFour: string;
  expiresOn: string;
  odometer: string;
  signature: Signature | null;
}

/** The key is handed over. Nothing is ticked beforehand; who declines to show or to sign may drive all the same, unverified. */
export function CheckOutForm({ drive, onDone }: { drive: TestDriveRow; onDone: () => void }) {
  const key = `drive.out.${drive.id}`;
  const car = store.get('vehicles', drive.vehicleId);
  const customer = isHidden(drive.customerId) ? undefined : store.get('customers', drive.customerId);
  const form = draft<CheckOut>(key, { agreementId: newId(), driverName: customer?.name ?? '', licenceChecked: false, lastFour: '', expiresOn: '', odometer: String(car?.mileage ?? ''), signature: null });
  const [asked, setAsked] = useState(false);
  const set = (part: Partial<CheckOut>) => (form.value = { ...form.value, ...part });
  const { driverName, licenceChecked, lastFour, expiresOn, odometer, signature } = form.value;
  const expired = expiresOn !== '' && expiresOn < dayOf(tick.value);
  const unread = odometer !== '' && !/^\d{1,7}$/.test(odometer);
  const verified = licenceChecked && signature !== null;

  async function handOver() {
    setAsked(true);
    if (!driverName.trim() || expired || unread) return;
    const handle = await add(checkOutTestDrive, {
      id: drive.id, agreementId: form.value.agreementId, driverName: driverName.trim(), licenceChecked, licenceLastFour: lastFour, licenceExpiresOn: expiresOn || null,
      odometer: odometer ? Number(odometer) : null, signature: signature ? (signature.kind === 'drawn' ? signature.path : signature.name.trim()) : '',
    }, { draft: key, hold: true });
    onDone();
    showToast({ text: t('drives.isOut', { car: carOf(car) }), undo: () => void handle.undo() });
  }

  return (
    <div class="stack">
      <Checklist label={t('drives.checklist')} onToggle={(_, checked) => set({ licenceChecked: checked })}
        items={[{ id: 'licence', label: t('drives.licence'), hint: t('drives.licenceHint'), checked: licenceChecked }]} />
      <div class="drives__pair">
        <Field label={t('drives.lastFour')} value={lastFour} onInput={(text) => set({ lastFour: text.replace(/\s/g, '').slice(0, 4) })} maxlength={4} autocomplete="off" optional />
        <Field label={t('drives.expiresOn')} kind="date" value={expiresOn} onInput={(day) => set({ expiresOn: day })} optional error={expired ? t('drives.expired') : null} />
      </div>
      <Field label={t('drives.driver')} value={driverName} onInput={(name) => set({ driverName: name })} required maxlength={160} autocomplete="off"
        error={asked && !driverName.trim() ? t('drives.driverMissing') : null} />
      <Field label={t('words.odometer')} kind="number" value={odometer} onInput={(text) => set({ odometer: text })} optional error={unread ? t('drives.digitsOnly') : null} />
      <SignaturePad label={t('drives.signs')} value={signature} onChange={(next) => set({ signature: next })} />
      <p class="quiet small" role="status">{verified ? t('drives.willBeVerified') : t('drives.willBeClaimed')}</p>
      <Button kind="main" wide icon="key" onClick={handOver}>{t('drives.handOver')}</Button>
    </div>
  );
}
