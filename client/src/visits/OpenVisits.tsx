import { tick } from '../clock';
import { formatTime, t } from '../i18n';
import type { VisitRow } from '../model';
import { paths } from '../routes';
import { add, store } from '../sync/store';
import { Card, Tag } from '../ui/Card';
import { Icon, type IconName } from '../ui/Icon';
import { ListRow, Rows, RowTitle } from '../ui/ListRow';
import { isHidden, isPrivate } from '../ui/privacy';
import { showToast } from '../ui/Toast';
import { leaveVisit } from './mutators';
import { openVisits } from './queries';

export const glyphs: Record<VisitRow['party'], IconName> = { ONE: 'user', COUPLE: 'couple', FAMILY: 'family', GROUP: 'family' };

/** Who came today and has not been completed: anyone may. */
export function OpenVisits() {
  const now = tick.value;
  const visits = openVisits(now);
  if (isPrivate() || visits.length === 0) return null;
  return (
    <section class="visit__open">
      <RowTitle title={t('visits.toComplete')} count={visits.length} />
      <Card flush><Rows label={t('visits.toComplete')}>{visits.map((visit) => <VisitRowOf key={visit.id} visit={visit} now={now} />)}</Rows></Card>
    </section>
  );
}

function VisitRowOf({ visit, now }: { visit: VisitRow; now: number }) {
  const title = nameOf(visit);
  return (
    <ListRow mark={<Icon name={glyphs[visit.party]} />} title={title} subtitle={lineOf(visit)} time={visit.leftAt ? undefined : t('visits.minutesHere', { count: minutesOf(visit, now) })}
      href={paths.visit(visit.id)} tags={store.isWaiting(visit.id) ? <Tag tone="wait">{t('common.waiting')}</Tag> : undefined}
      first={{ label: t('visits.completeOf', { name: title }), short: t('visits.completeShort'), icon: 'edit', href: paths.visit(visit.id), filled: true }}
      second={visit.leftAt ? undefined : { label: t('visits.leftOf', { name: title }), short: t('visits.left'), icon: 'signOut', onAction: () => void leave(visit) }} />
  );
}

/** The face of a visit: who, since when, whom they were greeted by. */
export function VisitLine({ visit, now }: { visit: VisitRow; now: number }) {
  return (
    <div class="line line--keep">
      <Icon name={glyphs[visit.party]} size={32} />
      <div class="visit__chosen">
        <b class="wrap-2">{nameOf(visit)}</b>
        <p class="quiet small">{[lineOf(visit), visit.leftAt ? '' : t('visits.minutesHere', { count: minutesOf(visit, now) })].filter(Boolean).join(' · ')}</p>
      </div>
    </div>
  );
}

/** The customer's name where there is one to be seen, else the words that tell them apart, else who they are. */
export function nameOf({ customerId, note, party }: VisitRow): string {
  const name = isHidden(customerId) ? '' : (store.get('customers', customerId)?.name ?? '');
  return name || (!isPrivate() && note.split('\n')[0]) || t(`visits.party_${party}`);
}

export function lineOf({ arrivedAt, greetedById }: VisitRow): string {
  const by = store.get('people', greetedById)?.name;
  return [t('visits.since', { time: formatTime(arrivedAt) }), by && t('visits.greetedBy', { name: by })].filter(Boolean).join(' · ');
}

export const minutesOf = ({ arrivedAt, leftAt }: VisitRow, now: number): number =>
  Math.max(0, Math.round(((leftAt ? Date.parse(leftAt) : now) - Date.parse(arrivedAt)) / 60_000));

export async function leave(visit: VisitRow): Promise<void> {
  const handle = await add(leaveVisit, { id: visit.id }, { hold: true });
  showToast({ text: t('visits.leftSaid', { name: nameOf(visit) }), undo: () => void handle.undo() });
}
