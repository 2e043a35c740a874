import { tick } from '../clock';
import { formatNumber, t } from '../i18n';
import type { VisitRow } from '../model';
import { paths } from '../routes';
import { store } from '../sync/store';
import { Button } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { Icon } from '../ui/Icon';
import { EmptyState } from '../ui/States';
import { glyphs, leave, lineOf, minutesOf, nameOf } from '../visits/OpenVisits';
import { inTheHouse } from '../visits/queries';

/** After so many minutes without anybody who serves them, somebody should go. */
const IGNORED = 30;

/** People in the house as cards, the longest first: newcomers come last, so that no card moves under a finger. */
export function Floor() {
  const now = tick.value;
  const visits = inTheHouse(now);
  return (
    <section class="desk" aria-label={t('desk.inHouse')}>
      <h2 class="row-title">{t('desk.inHouse')}</h2>
      {visits.length === 0
        ? <Card><EmptyState icon="couple" title={t('desk.nobody')} text={t('desk.nobodyText')} /></Card>
        : <ul class="desk__floor">{visits.map((visit) => <InHouse key={visit.id} visit={visit} now={now} />)}</ul>}
    </section>
  );
}

function InHouse({ visit, now }: { visit: VisitRow; now: number }) {
  const minutes = minutesOf(visit, now);
  const served = store.get('people', visit.servedById)?.name;
  const ignored = !served && minutes >= IGNORED;
  const name = nameOf(visit);
  return (
    <li class="desk__guest" data-late={ignored || undefined}>
      <div class="line line--keep">
        <Icon name={glyphs[visit.party]} size={28} />
        <b class="desk__name wrap-2">{name}</b>
        <span class="desk__minutes"><span class="figure">{formatNumber(minutes)}</span><span class="quiet small"> {t('desk.min')}</span></span>
      </div>
      <p class="quiet small">{served ? t('desk.servedBy', { name: served }) : lineOf(visit)}</p>
      <div class="line">
        {ignored && <Tag tone="bad">{t('desk.nobodyServes')}</Tag>}
        {store.isWaiting(visit.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}
        {visit.kind === 'NOT_COMPLETED' && !ignored && <Tag>{t('words.visit_open')}</Tag>}
      </div>
      <div class="desk__ways">
        {visit.kind === 'NOT_COMPLETED' && <Button href={paths.visit(visit.id)}>{t('visits.completeShort')}</Button>}
        {visit.leadId && store.get('leads', visit.leadId) && <Button kind="plain" href={paths.lead(visit.leadId)}>{t('words.lead')}</Button>}
        <Button kind="plain" onClick={() => void leave(visit)}>{t('visits.left')}</Button>
      </div>
    </li>
  );
}
