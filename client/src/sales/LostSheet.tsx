import { t } from '../i18n';
import { newId } from '../ids';
import { carName } from '../leads/queries';
import type { LeadRow, LossReason } from '../model';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Chip, ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { applyForLoss } from './mutators';

const REASONS: readonly LossReason[] = ['PRICE', 'RIVAL', 'STOCK_OR_COLOUR', 'FINANCE_DECLINED', 'TRADE_IN_VALUE', 'PLAN_DROPPED', 'UNREACHABLE', 'SISTER_SHOWROOM', 'SERVICE_OR_ATTITUDE', 'OTHER'];
const empty = { reason: null as LossReason | null, rival: '', evidence: '' };

export function LostSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const key = `lost:${lead.id}`;
  const form = draft(key, empty);
  const { reason, rival, evidence } = form.value;
  const set = (part: Partial<typeof empty>) => (form.value = { ...form.value, ...part });
  const ready = reason && (reason !== 'RIVAL' || rival.trim()) && (reason !== 'OTHER' || evidence.trim());
  const give = () => (onClose(), void apply(lead.id, { reason: reason!, rival: reason === 'RIVAL' ? rival : '', evidence, key }));
  return (
    <Sheet open={open} title={t('lead.lostTitle')} onClose={onClose} footer={<Button kind="main" wide disabled={!ready} onClick={give}>{t('lead.lostIt')}</Button>}>
      <div class="stack">
        <p class="quiet">{t('lead.lostText')}</p>
        <ChipGroup label={t('lead.lostWhy')} value={reason} onChange={(next) => set({ reason: next })} options={REASONS.map((value) => ({ value, label: t(`lead.loss_${value}`) }))} />
        {reason === 'RIVAL' && (
          <div class="stack stack--tight">
            <div class="chips">{lead.rivals.map((car) => <Chip key={carName(car)} label={carName(car)} pressed={rival === carName(car)} onClick={() => set({ rival: carName(car) })} />)}</div>
            <Field label={t('lead.lostRival')} required value={rival} maxlength={120} hint={rival.trim() ? undefined : t('lead.lostRivalMissing')} onInput={(next) => set({ rival: next })} />
          </div>
        )}
        <Field label={t('lead.lostEvidence')} kind="textarea" optional={reason !== 'OTHER'} value={evidence} maxlength={10_000}
          hint={reason === 'OTHER' && !evidence.trim() ? t('lead.lostEvidenceMissing') : undefined} onInput={(next) => set({ evidence: next })} />
      </div>
    </Sheet>
  );
}

async function apply(leadId: string, { key, ...loss }: { reason: LossReason; rival: string; evidence: string; key: string }): Promise<void> {
  const handle = await add(applyForLoss, { id: newId(), leadId, ...loss }, { draft: key, hold: true });
  showToast({ text: t('lead.lostDone'), undo: () => void handle.undo() });
}
