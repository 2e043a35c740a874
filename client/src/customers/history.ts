// The sum of what happened with a customer, by day, the latest first.
import { dayOf, formatDay, formatRelativeDay, formatTime, t } from '../i18n';
import { carName } from '../leads/queries';
import type { StageChangeRow, TouchKind, TouchRow } from '../model';
import { me } from '../people/session';
import { store } from '../sync/store';
import type { IconName } from '../ui/Icon';
import { isPrivate } from '../ui/privacy';
import type { TimelineDay, TimelineEvent } from '../ui/Timeline';

export interface Happening {
  id: string;
  at: string;
  icon: IconName;
  title: string;
  personId: string | null;
  text?: string;
  /** Another record with the same number. */
  otherId?: string;
}

const icons: Record<TouchKind, IconName> = { CALL: 'call', MESSAGE: 'message', EMAIL: 'message', VISIT: 'showroom', TEST_DRIVE: 'wheel', QUOTE: 'note', NOTE: 'note' };

export function historyOf(customerId: string): Happening[] {
  const touches = store.by('touches', 'customerId', customerId);
  const times = new Set(touches.map(({ happenedAt }) => happenedAt));
  const all: Happening[] = [
    ...touches.map((row) => ({ id: row.id, at: row.happenedAt, icon: icons[row.kind], title: touchTitle(row), personId: row.personId, text: row.text, otherId: row.about?.code === 'SAME_PHONE' ? String(row.about['otherId']) : undefined })),
    ...changes(customerId, times), ...drives(customerId), ...visits(customerId, touches), ...endings(customerId), ...promises(customerId),
  ];
  return all.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.id < b.id ? 1 : -1));
}

/** As the timeline shows it. */
export function daysOf(happenings: readonly Happening[], now: number, after: (one: Happening) => TimelineEvent['after'] = () => undefined): TimelineDay[] {
  const days = new Map<string, TimelineEvent[]>();
  for (const one of happenings) {
    const day = dayOf(one.at);
    if (!days.has(day)) days.set(day, []);
    days.get(day)!.push({
      id: one.id, icon: one.icon, title: one.title, time: formatTime(one.at), mine: one.personId === me.value?.personId, waiting: store.isWaiting(one.id),
      who: isPrivate() ? undefined : store.get('people', one.personId)?.name, text: isPrivate() ? undefined : one.text || undefined, after: isPrivate() ? undefined : after(one),
    });
  }
  return [...days].map(([day, events]) => ({ day, events, label: dayLabel(day, now) }));
}

function dayLabel(day: string, now: number): string {
  const said = formatRelativeDay(day, now);
  const date = formatDay(day, new Date(now).getFullYear() === Number(day.slice(0, 4)) ? 'weekday' : 'full');
  return said === formatDay(day, 'short') ? date : `${said} · ${date}`;
}

function touchTitle({ kind, outcome, about, direction }: TouchRow): string {
  const said = about && aboutText(about);
  if (said) return said;
  const parts = [t(`lead.touch_${kind}`), kind !== 'VISIT' && kind !== 'NOTE' && direction === 'IN' && t('lead.in'), outcome && kind !== 'TEST_DRIVE' && kind !== 'VISIT' && t(`lead.outcome_${outcome}`)];
  return parts.filter(Boolean).join(' · ');
}

function aboutText(about: NonNullable<TouchRow['about']>): string {
  switch (about.code) {
    case 'EDIT_CONFLICT': return `${t('lead.about_EDIT_CONFLICT')}: ${String(about['kept'] ?? '')} / ${String(about['lost'] ?? '')}`;
    case 'ORDERED_ELSEWHERE': return t('lead.about_ORDERED_ELSEWHERE', { showroom: String(about['showroom'] ?? '') });
    case 'TEST_DRIVE': return t('lead.about_TEST_DRIVE', { car: String(about['car'] ?? '') });
    case 'MERGED':
    case 'UNMERGED': return t(`lead.about_${about.code}`, { name: String(about['name'] ?? '') });
    case 'CAPTURED_AGAIN':
    case 'COMPLETED_TWICE':
    case 'PROPOSED_NOTE':
    case 'DO_NOT_CONTACT':
    case 'MAY_CONTACT':
    case 'SAME_PHONE': return t(`lead.about_${about.code}`);
    default: return '';
  }
}

/** Stage changes that a touch of the same moment explains are not said twice. */
function changes(customerId: string, explained: Set<string>): Happening[] {
  const rows = store.by('stageChanges', 'customerId', customerId).filter((row) => row.before !== null || row.what === 'OWNER').filter((row) => row.what !== 'STAGE' || !explained.has(row.changedAt));
  return rows.map((row) => ({ id: row.id, at: row.changedAt, icon: row.what === 'OWNER' ? 'user' : 'leads', title: changeTitle(row), personId: row.personId }));
}

function changeTitle({ what, after }: StageChangeRow): string {
  if (what === 'LEVEL') return t('lead.change_LEVEL', { after: after === 'NURTURE' ? t('words.levelNURTURE') : after ?? '' });
  if (what === 'STAGE' && after) return t('lead.change_STAGE', { after: t(`lead.stage_${after as 'NEW'}`) });
  if (what === 'STATUS' && after) return t('lead.change_STATUS', { after: t(`lead.status_${after as 'OPEN'}`) });
  if (what === 'OWNER') return t('lead.change_OWNER', { after: isPrivate() ? '…' : after ? store.get('people', after)?.name ?? t('common.unknown') : t('leads.inPool') });
  return t('lead.change_OTHER');
}

/** A drive that came back has left a touch. */
function drives(customerId: string): Happening[] {
  return store.by('testDrives', 'customerId', customerId).filter(({ status }) => status !== 'RETURNED').map((row) => {
    const vehicle = store.get('vehicles', row.vehicleId);
    const car = vehicle ? carName({ make: vehicle.make, model: vehicle.model }) : '';
    return { id: row.id, at: row.status === 'BOOKED' ? row.bookedAt : row.outAt ?? row.startsAt, icon: 'wheel', personId: row.bookedById, title: `${t(`lead.drive_${row.status}`)} · ${t('lead.driveFor', { car, time: `${formatDay(row.startsAt, 'short')} ${formatTime(row.startsAt)}` })}` };
  });
}

/** A visit that has left a touch of its own at the same moment is said once. */
function visits(customerId: string, touches: readonly TouchRow[]): Happening[] {
  const known = touches.filter(({ kind }) => kind === 'VISIT').map(({ happenedAt }) => Date.parse(happenedAt));
  const rows = store.by('visits', 'customerId', customerId).filter(({ arrivedAt }) => !known.some((at) => Math.abs(at - Date.parse(arrivedAt)) < 4 * 3_600_000));
  return rows.map((row) => ({ id: row.id, at: row.arrivedAt, icon: 'showroom', title: t('lead.visitEvent'), personId: row.servedById ?? row.greetedById, text: row.note }));
}

function endings(customerId: string): Happening[] {
  const sales = store.by('sales', 'customerId', customerId).map((row): Happening => {
    const vehicle = store.get('vehicles', row.vehicleId);
    return { id: row.id, at: row.orderedAt, icon: 'sold', personId: row.soldById, title: t('lead.saleEvent', { car: vehicle ? carName({ make: vehicle.make, model: vehicle.model, trim: vehicle.trim }) : row.description }) };
  });
  const losses = store.by('lossApplications', 'customerId', customerId).map((row): Happening => ({
    id: row.id, at: row.appliedAt, icon: 'close', personId: row.appliedById, title: t('lead.lossEvent', { reason: t(`lead.loss_${row.reason}`) }), text: [row.rival, row.evidence, decision(row.status, row.decidedById, row.decisionNote)].filter(Boolean).join('\n'),
  }));
  return [...sales, ...losses];
}

function decision(status: string, by: string | null, note: string): string {
  const name = store.get('people', by)?.name ?? '';
  const said = status === 'REFUSED' ? t('lead.lossRefusedBy', { name }) : status === 'APPROVED' ? t('lead.lossApprovedBy', { name }) : status === 'WITHDRAWN' ? t('lead.lossWithdrawn') : '';
  return [said, note].filter(Boolean).join(': ');
}

function promises(customerId: string): Happening[] {
  return store.by('promises', 'customerId', customerId).map((row) => ({
    id: row.id, at: row.keptAt ?? row.promisedAt, icon: 'check', personId: row.keptById ?? row.promisedById, title: t(row.keptAt ? 'lead.promiseKeptEvent' : 'lead.promiseEvent'), text: row.text,
  }));
}
