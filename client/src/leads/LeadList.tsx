import { useComputed } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import { tick } from '../clock';
import { PlanSheet } from '../follow_ups/PlanSheet';
import { t } from '../i18n';
import type { LeadRow } from '../model';
import { me } from '../people/session';
import { paths } from '../routes';
import { everyLead } from '../search';
import { status, store } from '../sync/store';
import { Button } from '../ui/Button';
import { fetched, useOwnAtOnce } from '../today/calm';
import { NewsPill, useCalm, useScrolled } from '../ui/News';
import { isHidden, isPrivate } from '../ui/privacy';
import { SearchBox } from '../ui/SearchBox';
import { EmptyState, Skeleton } from '../ui/States';
import { VirtualList } from '../ui/VirtualList';
import { FilterChips } from './FilterChips';
import { nothingChosen, scopeOf, sift } from './filters';
import { LeadRowView } from './LeadRowView';
import { filters, query } from './listing';

/** Everything local, as one types. */
export function LeadList({ selected }: { selected: string | null }) {
  const [planned, setPlanned] = useState<LeadRow | null>(null);
  const inside = useRef<HTMLDivElement>(null);
  const sifted = useComputed(() => sift(everyLead.value, filters.value, asking())).value;
  const view = JSON.stringify([query.value, filters.value, me.value?.showroomId]);
  const shown = isPrivate() ? sifted.rows.filter(({ lead }) => !isHidden(lead.customerId)) : sifted.rows;
  const { rows, news, show } = useOwnAtOnce(useCalm(shown, { keyOf: ({ lead }) => lead.id, view: `${view} ${fetched()}` }), shown, ({ lead }) => lead.id);
  useScrolled(inside, show);
  return (
    <div ref={inside} class="leads">
      {!isPrivate() && (
        <div class="leads__head">
          <SearchBox label={t('leads.search')} value={query.value} onInput={(next) => (query.value = next)} />
          <FilterChips counts={sifted.counts} scope={scopeOf(filters.value, asking())} found={sifted.rows.length} />
        </div>
      )}
      <p class="only-read" role="status">{query.value ? t('leads.count', { count: rows.length }) : ''}</p>
      <NewsPill count={Math.max(0, news)} onClick={show} />
      {rows.length > 0
        ? (
          <VirtualList label={t('leads.title')} items={rows} keyOf={({ lead }) => lead.id} estimate={98}>
            {({ lead }) => <LeadRowView lead={lead} selected={lead.id === selected} onPlan={setPlanned} />}
          </VirtualList>
        )
        : <Nothing />}
      <PlanSheet lead={planned} onClose={() => setPlanned(null)} />
    </div>
  );
}

const asking = () => ({ query: query.value, personId: me.value?.personId ?? '', seesAll: me.value?.isManager ?? false, now: new Date(tick.value).toISOString() });

function Nothing() {
  if (status.value.bootstrapping || store.all('showrooms').length === 0) return <Skeleton rows={8} />;
  if (isPrivate()) return <EmptyState icon="eyeOff" title={t('leads.hidden')} />;
  if (store.all('leads').length === 0) {
    return <EmptyState icon="leads" title={t('leads.empty')} text={t('leads.emptyText')} action={<Button kind="main" icon="plus" href={paths.visit()}>{t('visits.title')}</Button>} />;
  }
  const clear = () => (filters.value = { ...nothingChosen, scope: 'all' });
  return <EmptyState icon="search" title={t('leads.none')} text={t('leads.noneText')} action={<Button onClick={clear}>{t('leads.clearFilters')}</Button>} />;
}
