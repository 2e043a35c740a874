import { useState } from 'preact/hooks';
import { serverNow } from '../clock';
import { dayOf, t, timeZone } from '../i18n';
import { go, paths } from '../routes';
import { atLocal, dayAfter } from '../showrooms/hours';
import { add } from '../sync/store';
import { draft } from '../sync/drafts';
import { Button } from '../ui/Button';
import { showToast } from '../ui/Toast';
import { captureWalkIn } from './capture';
import { blank, isBlank, keyOf, walkInOf, type VisitForm } from './form';
import { completeVisit, greetVisit } from './mutators';
import { looksWhole } from './phones';
import { known, showroom } from './queries';
import type { FormProps } from './VisitScreen';

/** A call is due in the morning of its day. */
const MORNING = '10:00';
const dueAt = (days: number) => new Date(atLocal(dayAfter(dayOf(serverNow()), days), MORNING, timeZone.value)).toISOString();

/** Done, always within reach of the thumb. There is no Save. */
export function Bar({ form, set, visitId, onFiled }: FormProps & { visitId?: string; onFiled: () => void }) {
  const [tail, setTail] = useState(false);
  const half = !form.chosenId && form.phone !== '' && !looksWhole(form.phone, showroom()?.country ?? '');

  async function done() {
    if (form.errand === null && half) return setTail(true);
    if (isBlank(form) && !visitId) return go(paths.today());
    await hand(form, { visitId });
  }

  async function looking() {
    await look(form, { visitId });
    onFiled();
  }

  return (
    <div class="visit__bar">
      {tail && half && (
        <div class="visit__tail" role="alert">
          <p>{t('visits.halfNumber', { digits: form.phone })}</p>
          <Button kind="plain" onClick={() => set({ note: [form.note, form.phone].filter(Boolean).join('\n'), phone: '' })}>{t('visits.toNote')}</Button>
        </div>
      )}
      <div class="visit__buttons">
        {form.errand === null && <Button kind="second" onClick={looking}>{t('visits.justLooking')}</Button>}
        <Button kind="main" icon="check" onClick={done}>{t('common.done')}</Button>
      </div>
    </div>
  );
}

/** One entry for all that was tapped, then away. Undo brings the form back as it was. */
async function hand(form: VisitForm, { visitId }: { visitId?: string }): Promise<void> {
  const key = keyOf(visitId);
  const kept = { draft: key, hold: true };
  const handle = form.errand !== null
    ? await add(completeVisit, { id: form.visitId, kind: 'NOT_A_BUYER', errand: form.errand, party: form.party ?? undefined, note: form.note.trim() }, kept)
    : await add(captureWalkIn, walkInOf(form, { dueAt }), kept);
  const name = (form.chosenId ? known(form.chosenId)?.customer.name : form.name.trim()) || form.phone;
  go(visitId ? paths.visit() : paths.today());
  showToast({ text: name ? t('visits.filedOf', { name }) : t('visits.filed'), undo: () => void back(handle, key, form) });
}

/** Counted in one tap, anonymous: somebody completes it later. One that was greeted before is completed so. */
async function look(form: VisitForm, { visitId }: { visitId?: string }): Promise<void> {
  const key = keyOf(visitId);
  const said = { party: form.party ?? undefined, note: [form.note.trim(), form.phone].filter(Boolean).join('\n') };
  const handle = visitId
    ? await add(completeVisit, { id: visitId, kind: 'LOOKED_NOT_FILED', ...said }, { draft: key, hold: true })
    : await add(greetVisit, { id: form.visitId, sourceId: form.sourceId, ...said }, { draft: key, hold: true });
  if (visitId) go(paths.visit());
  showToast({ text: t('visits.filed'), undo: () => void back(handle, key, form) });
}

/** What was taken back is on the form again, unless somebody else stands there already. */
async function back(handle: { undo(): Promise<boolean> }, key: string, form: VisitForm): Promise<void> {
  if (!(await handle.undo())) return showToast({ text: t('visits.sentAlready') });
  const now = draft(key, blank(form.visitId));
  if (isBlank(now.peek())) now.value = form;
  if (!isBlank(form)) go(key === keyOf() ? paths.visit() : paths.visit(form.visitId));
}
