import { t } from '../i18n';
import type { TestDriveRow } from '../model';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { showToast } from '../ui/Toast';
import { returnTestDrive } from './mutators';
import { carOf } from './queries';

interface Return {
  odometer: string;
  charge: string;
  note: string;
}

/** The car is back: what it says now, and what they said of it. */
export function ReturnForm({ drive, onDone }: { drive: TestDriveRow; onDone: () => void }) {
  const key = `drive.back.${drive.id}`;
  const form = draft<Return>(key, { odometer: '', charge: '', note: '' });
  const set = (part: Partial<Return>) => (form.value = { ...form.value, ...part });
  const { odometer, charge, note } = form.value;
  const car = store.get('vehicles', drive.vehicleId);
  const wrong = { odometer: faultOf(odometer, drive.odometerOut), charge: charge !== '' && !/^(100|\d{1,2})$/.test(charge) ? t('drives.chargeRange') : null };

  async function takeBack() {
    if (wrong.odometer || wrong.charge) return;
    const read = { odometer: odometer ? Number(odometer) : null, charge: charge ? Number(charge) : null, note: note.trim() };
    const handle = await add(returnTestDrive, { id: drive.id, ...read }, { draft: key, hold: true });
    onDone();
    showToast({ text: t('drives.isBack', { car: carOf(car) }), undo: () => void handle.undo() });
  }

  return (
    <div class="stack">
      <div class="drives__pair">
        <Field label={t('words.odometer')} kind="number" value={odometer} onInput={(text) => set({ odometer: text.trim() })} optional starts error={wrong.odometer}
          hint={drive.odometerOut === null ? undefined : t('drives.odometerOut', { count: drive.odometerOut })} />
        <Field label={t('drives.chargeNow')} kind="number" value={charge} onInput={(text) => set({ charge: text.trim() })} optional error={wrong.charge} />
      </div>
      <Field label={t('drives.howWasIt')} kind="textarea" value={note} onInput={(text) => set({ note: text })} optional maxlength={10000} />
      <Button kind="main" wide icon="check" onClick={takeBack}>{t('drives.takeBack')}</Button>
    </div>
  );
}

function faultOf(odometer: string, out: number | null): string | null {
  if (odometer === '') return null;
  if (!/^\d{1,7}$/.test(odometer)) return t('drives.digitsOnly');
  return out !== null && Number(odometer) < out ? t('drives.backwards', { out }) : null;
}
