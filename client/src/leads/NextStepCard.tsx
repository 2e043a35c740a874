import { tick } from '../clock';
import { whyDue } from '../follow_ups/why';
import { openOnes } from '../follow_ups/next_step';
import { daysBetween, formatDay, formatDayTime, languageOf, t } from '../i18n';
import type { FollowUpRow, LeadRow } from '../model';
import { store } from '../sync/store';
import { Button } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { Veil } from '../ui/privacy';
import { isMineToWork, showroomHere } from './queries';
import type { Open } from './sheets';

/** The one obvious next thing: done, moved, or another planned. */
export function NextStepCard({ lead, open }: { lead: LeadRow; open: Open }) {
  const [step, ...others] = openOnes(store, lead.id);
  const mine = isMineToWork(lead);
  if (!step && (lead.status === 'LOST' || lead.status === 'WON')) return lead.status === 'LOST' ? <Closed lead={lead} /> : null;
  return (
    <Card title={t('words.nextStep')} tone="accent" aside={step && <Due step={step} />}>
      {step ? <Step step={step} /> : <p>{t('lead.nothingPlanned')}</p>}
      {others.length > 0 && (
        <p class="quiet small">{t('lead.alsoPlanned')}: {others.map((other) => `${t(`lead.step_${other.kind}`)} ${formatDayTime(other.dueAt)}`).join(' · ')}</p>
      )}
      {mine && (
        <div class="line">
          {step && <Button kind="main" icon="check" onClick={() => open('outcome')}>{t('lead.done')}</Button>}
          {step
            ? <Button icon="calendar" onClick={() => open('move')}>{t('lead.move')}</Button>
            : <Button kind="main" icon="plus" onClick={() => open('plan')}>{t('lead.plan')}</Button>}
        </div>
      )}
    </Card>
  );
}

function Step({ step }: { step: FollowUpRow }) {
  const why = whyDue(step, tick.value, showroomHere()?.brand);
  return (
    <div class="next-step">
      <p class="next-step__what"><strong>{t(`lead.step_${step.kind}`)}</strong> · {formatDayTime(step.dueAt)}</p>
      <p lang={languageOf(why)}><Veil>{why}</Veil></p>
      <div class="line">
        {step.snoozed > 0 && <Tag>{t('lead.movedTimes', { count: step.snoozed })}</Tag>}
        {store.isWaiting(step.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}
      </div>
    </div>
  );
}

function Due({ step }: { step: FollowUpRow }) {
  if (Date.parse(step.dueAt) >= tick.value) return null;
  const days = daysBetween(step.dueAt, tick.value);
  return <Tag tone="bad">{days > 0 ? t('today.overdueDays', { count: days }) : t('leads.overdue')}</Tag>;
}

function Closed({ lead }: { lead: LeadRow }) {
  return <Card title={t('lead.status_LOST')} tone="bad"><p class="quiet">{lead.closedAt && formatDay(lead.closedAt, 'full')}</p></Card>;
}
