import { currency, formatMoney, t } from '../i18n';
import { newId } from '../ids';
import type { LeadRow, VehicleRow } from '../model';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { SegmentedControl } from '../ui/SegmentedControl';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { priceOf } from './money';
import { closeWon } from './mutators';
import { StockPicker } from './StockPicker';

const empty = { from: 'stock' as 'stock' | 'order', vehicleId: null as string | null, description: '', price: '' };
type Form = typeof empty;

export function SoldSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const key = `sold:${lead.id}`;
  const form = draft(key, empty);
  const { from, vehicleId, description, price } = form.value;
  const set = (part: Partial<Form>) => (form.value = { ...form.value, ...part });
  const exact = priceOf(price);
  const ready = exact !== null && (from === 'stock' ? vehicleId !== null : description.trim() !== '');
  const choose = (vehicle: VehicleRow) => set({ vehicleId: vehicle.id, price: price || plain(vehicle.price ?? vehicle.listPrice) });
  const sell = () => {
    onClose();
    void close(lead, { price: exact!, key, ...(from === 'stock' ? { vehicleId } : { description }) });
  };
  return (
    <Sheet open={open} title={t('lead.soldTitle')} onClose={onClose}
      footer={<Button kind="main" wide icon="sold" disabled={!ready} onClick={sell}>{exact ? t('lead.soldIt', { price: formatMoney(exact) }) : t('lead.soldItBare')}</Button>}>
      <div class="stack">
        <SegmentedControl label={t('lead.soldWhich')} value={from} onChange={(next) => set({ from: next })}
          options={[{ value: 'stock', label: t('lead.soldFromStock') }, { value: 'order', label: t('lead.soldOrdered') }]} />
        {from === 'stock'
          ? open && <StockPicker lead={lead} value={vehicleId} onChange={choose} />
          : <Field label={t('lead.soldDescription')} value={description} maxlength={200} onInput={(next) => set({ description: next })} />}
        <Field label={t('lead.soldPrice', { currency: currency.value })} kind="number" inputmode="decimal" value={price} onInput={(next) => set({ price: next })}
          error={price && !exact ? t('lead.soldPriceBad') : null} />
      </div>
    </Sheet>
  );
}

const plain = (price: string | null) => price?.replace(/\.00$/, '') ?? '';

async function close(lead: LeadRow, { key, ...sale }: { key: string; price: string; vehicleId?: string | null; description?: string }): Promise<void> {
  const handle = await add(closeWon, { id: newId(), leadId: lead.id, currency: currency.value, ...sale }, { draft: key, hold: true });
  showToast({ text: t('lead.soldDone'), undo: () => void handle.undo() });
}
