import { useRef, useState } from 'preact/hooks';
import { Page } from '../frame/Page';
import { TwoPane } from '../frame/TwoPane';
import { formatMoney, t } from '../i18n';
import { Button } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { Chips } from '../ui/ChipGroup';
import { Lozenge } from '../ui/Lozenge';
import { NewsPill } from '../ui/News';
import { EmptyState } from '../ui/States';
import { Tabs } from '../ui/Tabs';
import { Timeline } from '../ui/Timeline';
import { VirtualList } from '../ui/VirtualList';
import { cast, say } from './cast';
import { PersonRow } from './PersonRow';

export function LeadsPage({ detail }: { detail: boolean }) {
  return (
    <TwoPane listLabel={t('leads.title')} detailLabel={t('lead.title')} list={<List selected={detail ? '0' : null} />}
      detail={detail ? <Detail /> : null} empty={<EmptyState icon="leads" title={t('leads.choose')} />} />
  );
}

function List({ selected }: { selected: string | null }) {
  const [filters, setFilters] = useState<string[]>(['mine']);
  const [news, setNews] = useState(3);
  const people = useRef(cast(10_000)).current;
  const names: Record<string, string> = { mine: t('leads.mine'), overdue: t('leads.overdue') };
  return (
    <>
      <div class="pane__head">
        <Chips label={t('leads.filters')} values={filters} onChange={setFilters} scroll
          options={['mine', 'overdue', 'H', 'A', 'B', 'C'].map((value, index) => ({ value, label: names[value] ?? value, count: 1280 >> index }))} />
      </div>
      <NewsPill count={news} onClick={() => setNews(0)} />
      <VirtualList label={t('leads.title')} items={people} keyOf={(somebody) => somebody.id}>
        {(somebody) => <PersonRow as="div" somebody={somebody} selected={somebody.id === selected} />}
      </VirtualList>
    </>
  );
}

function Detail() {
  const [tab, setTab] = useState('timeline');
  const somebody = cast()[0]!;
  return (
    <>
      <Page joined>
        <div class="line line--keep">
          <Lozenge level="H" />
          <div class="pane">
            <h2>{somebody.name}</h2>
            <p class="quiet small">{somebody.car} · {formatMoney('289900.00', 'CNY')}</p>
          </div>
        </div>
        <Card title={t('words.nextStep')} tone="accent" aside={<Tag tone="bad">{t('leads.overdue')}</Tag>}>
          <p>{somebody.why}</p>
          <div class="line">
            <Button kind="main" icon="call">{t('common.call')}</Button>
            <Button icon="check">{t('common.done')}</Button>
            <Button icon="calendar">{t('common.change')}</Button>
          </div>
        </Card>
      </Page>
      <Tabs label={t('lead.title')} value={tab} onChange={setTab}
        tabs={(['timeline', 'vehicles', 'leads', 'agreements', 'purchases'] as const).map((value) => ({ value, label: t(`lead.${value}`), count: value === 'timeline' ? 4 : undefined }))}>
        <Page><History /></Page>
      </Tabs>
    </>
  );
}

function History() {
  const somebody = cast()[1]!;
  return (
    <Timeline days={[
      { day: '2026-11-22', label: t('common.today'), events: [
        { id: '1', icon: 'call', title: t('words.touch_call'), time: '09:12', who: say('Lin Yue', '林悦'), text: somebody.why, mine: true, waiting: true },
      ] },
      { day: '2026-11-21', label: t('common.yesterday'), events: [
        { id: '2', icon: 'wheel', title: `${t('words.touch_drive')} · ${t('words.driveVerified')}`, time: '15:40', who: say('Chen Bo', '陈波'), text: somebody.car },
        { id: '3', icon: 'showroom', title: t('words.visit_first'), time: '15:05', who: say('Reception', '前台') },
        { id: '4', icon: 'note', title: t('words.touch_note'), time: '15:02', who: say('Lin Yue', '林悦'), text: say('Two children, a dog; the boot matters.\nTrades in a 2017 Golf.', '两个孩子、一条狗，看重后备箱。\n置换 2017 款高尔夫。'), mine: true },
      ] },
    ]} />
  );
}
