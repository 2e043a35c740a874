import { tick } from '../clock';
import { whyDue } from '../follow_ups/why';
import { dayOf, formatDay, formatRelativeDay, formatTime, t } from '../i18n';
import type { LeadRow } from '../model';
import { paths } from '../routes';
import { store } from '../sync/store';
import { Tag } from '../ui/Card';
import { ListRow } from '../ui/ListRow';
import { isPrivate } from '../ui/privacy';
import { nameOf, nextStepOf, reach, showroomHere, waitingLoss, wantedText } from './queries';

/** Who, which car, and why it is next. */
export function LeadRowView({ lead, selected, onPlan }: { lead: LeadRow; selected?: boolean; onPlan?: (lead: LeadRow) => void }) {
  const customer = store.get('customers', lead.customerId);
  const name = nameOf(customer);
  const step = nextStepOf(lead.id);
  const { call } = reach(customer);
  const isLive = lead.status === 'OPEN' || lead.status === 'NOT_NOW';
  return (
    <ListRow as="div" level={lead.level} title={name} href={paths.lead(lead.id)} selected={selected} subtitle={wantedText(lead) || undefined}
      why={isPrivate() ? undefined : why()} time={step && timeOf(step.dueAt)} late={!!step && Date.parse(step.dueAt) < tick.value} tags={tags()}
      first={call ? { label: t('common.callPerson', { name }), short: t('common.call'), icon: 'call', href: call, filled: true } : undefined}
      second={onPlan && isLive ? { label: `${t('common.plan')}: ${name}`, short: t('common.plan'), icon: 'calendar', onAction: () => onPlan(lead) } : undefined} />
  );

  function why() {
    if (step) return whyDue(step, tick.value, showroomHere()?.brand);
    if (lead.status === 'LOST') return `${t('lead.status_LOST')} · ${formatDay(lead.closedAt ?? lead.updatedAt, 'short')}`;
    return isLive ? t('leads.noStep') : t(`lead.status_${lead.status}`);
  }

  function tags() {
    const said = [
      store.isWaiting(lead.id) && <Tag key="waits" tone="wait">{t('common.waiting')}</Tag>,
      waitingLoss(lead.id) && <Tag key="loss" tone="wait">{t('leads.lossWaiting')}</Tag>,
      lead.status === 'NOT_NOW' && lead.reviveOn && <Tag key="rests">{t('lead.reviveOn', { day: formatDay(lead.reviveOn, 'short') })}</Tag>,
      isLive && lead.ownerId === null && <Tag key="pool" tone="accent">{t('leads.inPool')}</Tag>,
      customer?.doNotContact && <Tag key="silent" tone="bad">{t('lead.doNotContact')}</Tag>,
    ].filter(Boolean);
    return said.length ? said : undefined;
  }
}

function timeOf(dueAt: string): string {
  return dayOf(dueAt) === dayOf(tick.value) ? formatTime(dueAt) : formatRelativeDay(dueAt, tick.value);
}
