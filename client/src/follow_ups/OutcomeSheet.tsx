import { useState } from 'preact/hooks';
import { serverNow } from '../clock';
import { dayOf, formatDay, formatDayTime, t } from '../i18n';
import { newId } from '../ids';
import { nameOf, showroomHere } from '../leads/queries';
import type { FollowUpRow } from '../model';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Field } from '../ui/Field';
import { Icon, type IconName } from '../ui/Icon';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { DayChips } from './DayChips';
import './follow_ups.css';
import { completeFollowUp } from './mutators';
import { openOnes } from './next_step';
import { OUTCOMES, proposal, stepOf, type Offered, type Proposal } from './proposals';

const icons: Record<Offered, IconName> = { REACHED: 'call', NO_ANSWER: 'close', WILL_COME_IN: 'showroom', NOT_NOW: 'clock' };
const empty = { text: '', day: null as string | null };

/** Four outcomes, each with its next step: the second of two taps. Nobody to ask about: null. */
export function OutcomeSheet({ followUp, onClose }: { followUp: FollowUpRow | null; onClose: () => void }) {
  const [kept, setKept] = useState(followUp);
  if (followUp && kept !== followUp) setKept(followUp);
  const shown = followUp ?? kept;
  const customer = store.get('customers', shown?.customerId);
  return (
    <Sheet open={!!followUp} title={`${t('today.outcomeTitle')} · ${nameOf(customer)}`} onClose={onClose}>
      {shown && <Outcomes followUp={shown} onDone={onClose} />}
    </Sheet>
  );
}

function Outcomes({ followUp, onDone }: { followUp: FollowUpRow; onDone: () => void }) {
  const form = draft(`outcome:${followUp.id}`, empty);
  const { text, day } = form.value;
  const lead = store.get('leads', followUp.leadId);
  if (!lead) return null;
  const now = serverNow().toISOString();
  const others = openOnes(store, lead.id).filter(({ id }) => id !== followUp.id);
  const offered = OUTCOMES.filter((outcome) => outcome !== 'NOT_NOW' || lead.status !== 'WON');
  const propose = (outcome: Offered) => proposal({ outcome, lead, followUp, others, showroom: showroomHere(), now, day });
  return (
    <div class="stack">
      <ul class="outcomes">
        {offered.map((outcome, index) => {
          const proposed = propose(outcome);
          return (
            <li key={outcome}>
              <button type="button" class="outcome" data-autofocus={index === 0 || undefined}
                onClick={() => (onDone(), void complete(followUp, outcome, proposed, text))}>
                <span class="outcome__mark"><Icon name={icons[outcome]} /></span>
                <span class="outcome__body">
                  <strong>{t(`lead.outcome_${outcome}`)}</strong>
                  <span class="quiet small">{says(proposed)}</span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <Field label={t('today.noteLabel')} kind="textarea" optional value={text} maxlength={10_000} onInput={(next) => (form.value = { ...form.value, text: next })} />
      <h3>{t('today.nextOn')}</h3>
      <DayChips label={t('today.nextOn')} proposed today={dayOf(now)} value={day} days={[1, 3, 7, 14, 30]} onChange={(next) => (form.value = { ...form.value, day: next })} />
    </div>
  );
}

function says({ kind, dueAt, reviveOn }: Proposal): string {
  if (reviveOn) return t('today.proposesRest', { day: formatDay(reviveOn, 'weekday') });
  return t('today.proposes', { step: t(`lead.step_${kind}`), day: formatDayTime(dueAt) });
}

async function complete(followUp: FollowUpRow, outcome: Offered, proposed: Proposal, text: string): Promise<void> {
  const { reviveOn } = proposed;
  const handle = await add(completeFollowUp, {
    id: followUp.id, outcome, touchId: newId(), text, nextStep: stepOf(proposed, newId()), reviveOn,
  }, { draft: `outcome:${followUp.id}`, hold: true });
  const day = formatDay(reviveOn ?? proposed.dueAt, 'weekday');
  showToast({ text: reviveOn ? t('today.completedRest', { day }) : t('today.completed', { day }), undo: () => void handle.undo() });
}
