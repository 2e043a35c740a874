import { useComputed } from '@preact/signals';
import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { OutcomeSheet } from '../follow_ups/OutcomeSheet';
import { Page } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { formatNumber, languageOf, t, timeZone } from '../i18n';
import type { FollowUpRow } from '../model';
import { me } from '../people/session';
import { paths } from '../routes';
import { status, store } from '../sync/store';
import { Button } from '../ui/Button';
import { Figure } from '../ui/Card';
import { Rows, RowTitle } from '../ui/ListRow';
import { NewsPill, useCalm } from '../ui/News';
import { isHidden } from '../ui/privacy';
import { EmptyState, Skeleton } from '../ui/States';
import { fetched, useOwnAtOnce } from './calm';
import { planOf, type Line } from './queries';
import { DoneRow } from './DoneRow';
import { PlanRow } from './PlanRow';
import './today.css';

export default function TodayScreen() {
  useScreen({ title: t('today.title') });
  const plan = useComputed(() => planOf(me.value?.personId ?? '', tick.value)).value;
  const [asked, setAsked] = useState<FollowUpRow | null>(null);
  const open = [...plan.overdue, ...plan.now, ...plan.later].filter(isShown);
  const { rows, news, show } = useOwnAtOnce(useCalm(open, { keyOf: (line) => line.id, view: fetched() }), open, (line) => line.id);
  const sections = sectioned(rows, plan);
  const done = plan.done.filter(isShown);

  if (!open.length && !done.length) return <Page><Greeting due={0} done={0} appointments={plan.appointments} /><Nothing /></Page>;
  return (
    <>
      <Page joined><Greeting due={open.length} done={done.length} appointments={plan.appointments} /></Page>
      <div class="today">
        <NewsPill count={news} onClick={show} />
        {sections.map(({ name, lines }) => lines.length > 0 && (
          <section key={name}>
            <RowTitle title={t(`today.${name}`)} count={lines.length} bad={name === 'overdue'} />
            <Rows label={t(`today.${name}`)}>{lines.map((line) => <PlanRow key={line.id} line={line} onAsk={setAsked} />)}</Rows>
          </section>
        ))}
        {!open.length && <EmptyState icon="check" title={t('today.allDone')} text={t('today.allDoneText')} />}
        {done.length > 0 && (
          <section>
            <RowTitle title={t('today.finished')} count={done.length} />
            <Rows label={t('today.finished')}>{done.map((line) => <DoneRow key={line.id} line={line} />)}</Rows>
          </section>
        )}
      </div>
      <OutcomeSheet followUp={asked} onClose={() => setAsked(null)} />
    </>
  );
}

const isShown = (line: Line) => !isHidden(line.customerId);

function sectioned(rows: readonly Line[], plan: { overdue: Line[]; now: Line[]; later: Line[] }) {
  return (['overdue', 'now', 'later'] as const).map((name) => {
    const ids = new Set(plan[name].map((line) => line.id));
    return { name, lines: rows.filter((line) => ids.has(line.id)) };
  });
}

function Greeting({ due, done, appointments }: { due: number; done: number; appointments: number }) {
  const name = me.value?.name ?? '';
  return (
    <div class="greeting">
      <h2 class="greeting__words" lang={languageOf(name)}>{t(`today.${partOfDay()}`, { name: firstName(name) })}</h2>
      <div class="figures">
        <Figure value={formatNumber(due)} label={t('today.due')} large />
        <Figure value={formatNumber(done)} label={t('today.done')} large />
        <Figure value={formatNumber(appointments)} label={t('today.appointments')} large />
      </div>
    </div>
  );
}

function Nothing() {
  if (status.value.bootstrapping || store.all('showrooms').length === 0) return <Skeleton rows={6} />;
  return (
    <EmptyState icon="today" title={t('today.empty')} text={t('today.emptyText')}
      action={<Button kind="main" icon="plus" href={paths.visit()}>{t('visits.title')}</Button>} />
  );
}

function partOfDay(): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: timeZone.value }).format(tick.value));
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

const firstName = (name: string) => (languageOf(name) === 'en' ? name.split(' ')[0]! : name);
