import { serverNow } from '../clock';
import { dayOf, t, timeZone } from '../i18n';
import { newId } from '../ids';
import type { LeadRow } from '../model';
import { atLocal } from '../showrooms/hours';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { iso } from './cadence';
import { DayChips } from './DayChips';
import { makePromise } from './mutators';

const empty = { text: '', day: null as string | null };
/** What is owed on a day is owed until its evening. */
const EVENING = '18:00';

export function PromiseSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const key = `promise:${lead.id}`;
  const form = draft(key, empty);
  const { text, day } = form.value;
  const give = () => {
    onClose();
    void promise(lead.id, { text, dueAt: day && iso(atLocal(day, EVENING, timeZone.value)), key });
  };
  return (
    <Sheet open={open} title={t('lead.promiseTitle')} onClose={onClose} footer={<Button kind="main" wide disabled={!text.trim()} onClick={give}>{t('lead.promiseIt')}</Button>}>
      <div class="stack">
        <Field label={t('lead.promiseText')} kind="textarea" starts required value={text} maxlength={10_000} onInput={(next) => (form.value = { ...form.value, text: next })} />
        <DayChips label={t('lead.promiseBy')} today={dayOf(serverNow())} value={day} days={[1, 2, 3, 7, 14]} onChange={(next) => (form.value = { ...form.value, day: next })} />
      </div>
    </Sheet>
  );
}

async function promise(leadId: string, { text, dueAt, key }: { text: string; dueAt: string | null; key: string }): Promise<void> {
  const handle = await add(makePromise, { id: newId(), leadId, text, dueAt }, { draft: key, hold: true });
  showToast({ text: t('lead.promised'), undo: () => void handle.undo() });
}
