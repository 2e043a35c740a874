import { t } from '../i18n';
import { newId } from '../ids';
import type { LeadRow, Outcome, TouchKind } from '../model';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { SegmentedControl } from '../ui/SegmentedControl';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { logTouch } from './mutators';

const KINDS: readonly TouchKind[] = ['NOTE', 'CALL', 'MESSAGE', 'EMAIL', 'VISIT'];
const OUTCOMES: readonly Outcome[] = ['REACHED', 'NO_ANSWER', 'WILL_COME_IN', 'NOT_NOW'];
const empty = { kind: 'NOTE' as TouchKind, outcome: null as Outcome | null, direction: 'OUT' as 'OUT' | 'IN', text: '' };

/** A note, or something that happened besides the plan. */
export function LogSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const key = `log:${lead.id}`;
  const form = draft(key, empty);
  const { kind, outcome, direction, text } = form.value;
  const set = (part: Partial<typeof empty>) => (form.value = { ...form.value, ...part });
  const enough = kind === 'NOTE' ? text.trim() !== '' : kind === 'VISIT' || outcome !== null || text.trim() !== '';
  const keep = () => {
    onClose();
    void log(lead.id, { kind, text, key, outcome: kind === 'NOTE' ? null : kind === 'VISIT' ? 'CAME_IN' : outcome, direction: kind === 'NOTE' ? 'OUT' : kind === 'VISIT' ? 'IN' : direction });
  };
  return (
    <Sheet open={open} title={t('lead.logTitle')} onClose={onClose} footer={<Button kind="main" wide disabled={!enough} onClick={keep}>{t('lead.logIt')}</Button>}>
      <div class="stack">
        <ChipGroup label={t('lead.logKind')} value={kind} onChange={(next) => next && set({ kind: next })} options={KINDS.map((value) => ({ value, label: t(`lead.touch_${value}`) }))} />
        {kind !== 'NOTE' && kind !== 'VISIT' && (
          <>
            <SegmentedControl label={t('lead.logWho')} value={direction} onChange={(next) => set({ direction: next })}
              options={[{ value: 'OUT', label: t('lead.out') }, { value: 'IN', label: t('lead.in') }]} />
            <ChipGroup label={t('lead.logOutcome')} value={outcome} clearable onChange={(next) => set({ outcome: next })} options={OUTCOMES.map((value) => ({ value, label: t(`lead.outcome_${value}`) }))} />
          </>
        )}
        <Field label={t('lead.logText')} kind="textarea" starts value={text} maxlength={10_000} onInput={(next) => set({ text: next })} />
      </div>
    </Sheet>
  );
}

async function log(leadId: string, { key, ...said }: { key: string; kind: TouchKind; outcome: Outcome | null; direction: 'OUT' | 'IN'; text: string }): Promise<void> {
  const handle = await add(logTouch, { id: newId(), leadId, ...said }, { draft: key, hold: true });
  showToast({ text: t('lead.logged'), undo: () => void handle.undo() });
}
