import { serverNow } from '../clock';
import { DayChips } from '../follow_ups/DayChips';
import { dayOf, formatDay, t } from '../i18n';
import type { LeadRow } from '../model';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { postponeLead } from './mutators';

const empty = { day: null as string | null, text: '' };

/** Not a loss but a day on which somebody wakes it. */
export function NotNowSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const key = `notNow:${lead.id}`;
  const form = draft(key, empty);
  const { day, text } = form.value;
  const rest = () => (onClose(), void postpone(lead.id, { reviveOn: day!, text, key }));
  return (
    <Sheet open={open} title={t('lead.notNowTitle')} onClose={onClose}
      footer={<Button kind="main" wide disabled={!day} onClick={rest}>{day ? t('lead.notNowIt', { day: formatDay(day, 'weekday') }) : t('lead.notNowItBare')}</Button>}>
      <div class="stack">
        <DayChips label={t('lead.notNow')} today={dayOf(serverNow())} value={day} days={[14, 30, 90, 180]} onChange={(next) => (form.value = { ...form.value, day: next })} />
        <Field label={t('lead.notNowText')} kind="textarea" optional value={text} maxlength={10_000} onInput={(next) => (form.value = { ...form.value, text: next })} />
      </div>
    </Sheet>
  );
}

async function postpone(leadId: string, { reviveOn, text, key }: { reviveOn: string; text: string; key: string }): Promise<void> {
  const handle = await add(postponeLead, { leadId, reviveOn, text }, { draft: key, hold: true });
  showToast({ text: t('lead.notNowDone', { day: formatDay(reviveOn, 'weekday') }), undo: () => void handle.undo() });
}
