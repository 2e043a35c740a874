import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { LeadStatus, Level } from '../model';
import { store } from '../sync/store';
import { Button } from '../ui/Button';
import { Chip, Chips, ChipGroup, type ChipOption } from '../ui/ChipGroup';
import { Sheet } from '../ui/Sheet';
import { language } from '../i18n';
import { nothingChosen, type Scope, type Sifted } from './filters';
import { chosenIn, filters } from './listing';

const LEVELS: readonly Level[] = ['H', 'A', 'B', 'C', 'N', 'NURTURE', 'O'];
const STATUSES: readonly LeadStatus[] = ['OPEN', 'NOT_NOW', 'WON', 'LOST'];

type Counts = Sifted['counts'];

export function FilterChips({ counts, scope, found }: { counts: Counts; scope: Scope; found: number }) {
  const [open, setOpen] = useState(false);
  const { overdue, levels } = filters.value;
  const change = (part: Partial<typeof filters.value>) => (filters.value = { ...filters.value, ...part });
  const chosen = [...(overdue ? ['overdue'] : []), ...levels];
  const options: ChipOption<string>[] = [
    { value: 'overdue', label: t('leads.overdue'), count: counts.overdue },
    ...LEVELS.filter((level) => counts.level.has(level) || levels.includes(level)).map((level) => ({ value: level, label: shortLevel(level), level, count: counts.level.get(level) ?? 0 })),
  ];
  return (
    <>
      <div class="leads__chips">
        <ChipGroup label={t('leads.whose')} value={scope} onChange={(next) => change({ scope: next })}
          options={(['mine', 'pool', 'all'] as const).map((value) => ({ value, label: t(`leads.${value}`), count: counts.scope[value] }))} />
        <Chips label={t('leads.filters')} values={chosen} options={options}
          onChange={(next) => change({ overdue: next.includes('overdue'), levels: next.filter((value) => value !== 'overdue') as Level[] })}
          after={<Chip label={t('leads.moreFilters')} icon="filter" count={chosenIn(filters.value) || undefined} pressed={chosenIn(filters.value) > 0} onClick={() => setOpen(true)} />} />
      </div>
      <Sheet open={open} title={t('leads.moreFilters')} onClose={() => setOpen(false)}
        footer={<><Button onClick={() => (filters.value = nothingChosen)}>{t('leads.clearFilters')}</Button><Button kind="main" onClick={() => setOpen(false)}>{t('leads.showCount', { count: found })}</Button></>}>
        <MoreFilters counts={counts} />
      </Sheet>
    </>
  );
}

function MoreFilters({ counts }: { counts: Counts }) {
  const { statuses, sources, models } = filters.value;
  const change = (part: Partial<typeof filters.value>) => (filters.value = { ...filters.value, ...part });
  const known = store.all('sources').filter(({ id }) => counts.source.has(id) || sources.includes(id)).sort((a, b) => a.position - b.position);
  const cars = [...new Set([...models, ...[...counts.model.entries()].sort((a, b) => b[1] - a[1]).map(([model]) => model)])].slice(0, 24);
  return (
    <div class="stack">
      <h3>{t('words.stage')}</h3>
      <Chips label={t('words.stage')} values={statuses} onChange={(next) => change({ statuses: next })}
        options={STATUSES.map((value) => ({ value, label: t(`lead.status_${value}`), count: counts.status.get(value) ?? 0 }))} />
      <h3>{t('words.source')}</h3>
      <Chips label={t('words.source')} values={sources} onChange={(next) => change({ sources: next })}
        options={known.map(({ id, name, nameZh }) => ({ value: id, label: (language.value === 'zh-CN' && nameZh) || name, count: counts.source.get(id) ?? 0 }))} />
      <h3>{t('leads.models')}</h3>
      <Chips label={t('leads.models')} values={models} onChange={(next) => change({ models: next })}
        options={cars.map((value) => ({ value, label: value, count: counts.model.get(value) ?? 0 }))} />
    </div>
  );
}

/** The lozenge beside it says the letter. */
const shortLevel = (level: Level): string => (level === 'NURTURE' ? t('words.levelNURTURE') : level);
