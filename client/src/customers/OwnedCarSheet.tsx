import { t } from '../i18n';
import { newId } from '../ids';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { addOwnedCar } from './mutators';

const empty = { make: '', model: '', year: '', plate: '', vin: '', mileage: '' };
type Typed = typeof empty;

/** The car that they drive today. */
export function OwnedCarSheet({ customerId, open, onClose }: { customerId: string; open: boolean; onClose: () => void }) {
  const key = `ownedCar:${customerId}`;
  const form = draft(key, empty);
  const set = (part: Partial<Typed>) => (form.value = { ...form.value, ...part });
  const { make, model, year, plate, vin, mileage } = form.value;
  return (
    <Sheet open={open} title={t('lead.carTitle')} onClose={onClose}
      footer={<Button kind="main" wide disabled={!make.trim()} onClick={() => (onClose(), void save(customerId, form.value, key))}>{t('common.save')}</Button>}>
      <div class="stack">
        <Field label={t('lead.carMake')} starts required value={make} maxlength={60} onInput={(next) => set({ make: next })} />
        <Field label={t('lead.carModel')} value={model} maxlength={80} onInput={(next) => set({ model: next })} />
        <Field label={t('lead.carYear')} optional kind="number" maxlength={4} value={year} onInput={(next) => set({ year: next.replace(/\D/g, '') })} />
        <Field label={t('lead.carPlate')} optional value={plate} maxlength={20} autocomplete="off" onInput={(next) => set({ plate: next })} />
        <Field label={t('lead.carMileage')} optional kind="number" maxlength={7} value={mileage} onInput={(next) => set({ mileage: next.replace(/\D/g, '') })} />
        <Field label={t('lead.carVin')} optional value={vin} maxlength={20} autocomplete="off" onInput={(next) => set({ vin: next })} />
      </div>
    </Sheet>
  );
}

async function save(customerId: string, { year, mileage, ...said }: Typed, key: string): Promise<void> {
  const handle = await add(addOwnedCar, { id: newId(), customerId, ...said, year: year ? Number(year) : null, mileage: mileage ? Number(mileage) : null }, { draft: key, hold: true });
  showToast({ text: t('lead.carSaved'), undo: () => void handle.undo() });
}
