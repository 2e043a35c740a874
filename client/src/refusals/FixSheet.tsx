import { useState } from 'preact/hooks';
import { dayOf, t, timeZone } from '../i18n';
import { localMinutes, atMinutes } from '../drives/hours';
import { sendAgain } from '../sync/store';
import { clearDraft, draft } from '../sync/drafts';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { fixableOf, mended, type Fixable } from './fixing';
import { labelOf, whyOf, type Refused } from './words';

/** Everything typed of the entry, to be mended; what is changed here is a draft until it is sent. */
export function FixSheet({ refused, open, onClose }: { refused: Refused; open: boolean; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const key = `fix.${refused.clientMutationId}`;
  const values = draft<Record<string, string>>(key, {});
  const fields = fixableOf(refused.variables);
  const wrong = refused.problems[0];

  async function send() {
    setBusy(true);
    await sendAgain(refused, mended(refused.variables, values.value));
    await clearDraft(key);
    onClose();
    showToast({ text: t('refusals.sentAgain') });
  }

  return (
    <Sheet open={open} title={t('refusals.fix')} onClose={onClose} footer={<Button kind="main" wide disabled={busy} onClick={send}>{t('refusals.send')}</Button>}>
      <div class="stack">
        {fields.length === 0 && <p>{t('refusals.nothingToFix')}</p>}
        {fields.map((field) => (
          <Fix key={field.path} field={field} value={values.value[field.path] ?? field.value} onInput={(text) => (values.value = { ...values.value, [field.path]: text })}
            error={wrong?.field === field.key && values.value[field.path] === undefined ? whyOf(refused) : null} />
        ))}
      </div>
    </Sheet>
  );
}

function Fix({ field, value, onInput, error }: { field: Fixable; value: string; onInput: (text: string) => void; error: string | null }) {
  const label = labelOf(field.key);
  if (field.kind !== 'moment') return <Field label={label} kind={field.kind} value={value} onInput={onInput} error={error} />;
  const day = dayOf(value);
  const minutes = localMinutes(Date.parse(value), timeZone.value);
  const at = (nextDay: string, next: number) => onInput(new Date(atMinutes(nextDay, next, timeZone.value)).toISOString());
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return (
    <div class="refused__moment">
      <Field label={label} kind="date" value={day} onInput={(next) => next && at(next, minutes)} error={error} />
      <Field label={t('common.time')} kind="time" value={clock} onInput={(next) => next && at(day, Number(next.slice(0, 2)) * 60 + Number(next.slice(3, 5)))} />
    </div>
  );
}
