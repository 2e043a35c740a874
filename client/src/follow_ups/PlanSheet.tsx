import { useState } from 'preact/hooks';
import { serverNow } from '../clock';
import { dayOf, formatDayTime, t, timeZone } from '../i18n';
import { newId } from '../ids';
import { nameOf, nextStepOf } from '../leads/queries';
import type { FollowUpKind, FollowUpRow, LeadRow } from '../model';
import { atLocal } from '../showrooms/hours';
import { draft } from '../sync/drafts';
import { add, store, type Handle } from '../sync/store';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { iso, MORNING } from './cadence';
import { DayChips } from './DayChips';
import { planFollowUp, snoozeFollowUp } from './mutators';

const KINDS: readonly FollowUpKind[] = ['CALL', 'MESSAGE', 'EMAIL', 'APPOINTMENT', 'OTHER'];
const empty = { day: null as string | null, time: MORNING, kind: 'CALL' as FollowUpKind, note: '' };
/** A step may be moved by so many days at a time; what is planned anew, by a year. */
const MOST_MOVE = 30;

/** Moves the next step of a lead; plans one where there is none, or `another`. */
export function PlanSheet({ lead, another = false, onClose }: { lead: LeadRow | null; another?: boolean; onClose: () => void }) {
  const [kept, setKept] = useState(lead);
  if (lead && kept !== lead) setKept(lead);
  const shown = lead ?? kept;
  const step = shown && !another ? nextStepOf(shown.id) : undefined;
  const form = draft(`plan:${shown?.id}:${step?.id ?? 'new'}`, empty);
  const { day, time } = form.value;
  const dueAt = day && /^\d\d:\d\d$/.test(time) ? iso(atLocal(day, time, timeZone.value)) : null;
  const isAhead = dueAt !== null && Date.parse(dueAt) > serverNow().getTime();
  const title = `${step ? t('lead.moveTitle') : t('lead.planTitle')} · ${nameOf(store.get('customers', shown?.customerId))}`;
  const go = () => {
    if (!shown || !dueAt) return;
    onClose();
    void (step ? move(step, dueAt) : plan(shown, { ...form.value, dueAt }));
  };
  return (
    <Sheet open={!!lead} title={title} onClose={onClose}
      footer={(
        <Button kind="main" wide disabled={!isAhead} onClick={go}>
          {dueAt && isAhead ? t(step ? 'lead.moveTo' : 'lead.planFor', { day: formatDayTime(dueAt) }) : t(step ? 'lead.move' : 'lead.plan')}
        </Button>
      )}>
      <div class="stack">
        {!step && (
          <ChipGroup label={t('lead.whatToDo')} value={form.value.kind} onChange={(kind) => kind && (form.value = { ...form.value, kind })}
            options={KINDS.map((value) => ({ value, label: t(`lead.step_${value}`) }))} />
        )}
        <DayChips label={t('lead.whichDay')} today={dayOf(serverNow())} value={day} days={[0, 1, 2, 3, 7, 14, 30]} most={step ? MOST_MOVE : 365}
          onChange={(next) => (form.value = { ...form.value, day: next })} />
        <Field label={t('common.time')} kind="time" value={time} onInput={(next) => (form.value = { ...form.value, time: next })} />
        {!step && <Field label={t('common.note')} optional kind="textarea" value={form.value.note} onInput={(note) => (form.value = { ...form.value, note })} />}
      </div>
    </Sheet>
  );
}

async function move(step: FollowUpRow, dueAt: string): Promise<void> {
  const handle = await add(snoozeFollowUp, { id: step.id, dueAt }, { draft: `plan:${step.leadId}:${step.id}`, hold: true });
  say(t('lead.moved', { day: formatDayTime(dueAt) }), handle);
}

async function plan(lead: LeadRow, { dueAt, kind, note }: { dueAt: string; kind: FollowUpKind; note: string }): Promise<void> {
  const handle = await add(planFollowUp, { id: newId(), leadId: lead.id, dueAt, kind, note }, { draft: `plan:${lead.id}:new`, hold: true });
  say(t('lead.planned', { day: formatDayTime(dueAt) }), handle);
}

const say = (text: string, handle: Handle) => showToast({ text, undo: () => void handle.undo() });
