import { useEffect, useState } from 'preact/hooks';
import { useParams, useSearch } from 'wouter-preact';
import { tick } from '../clock';
import { dayOf, formatDay, formatRelativeDay, t } from '../i18n';
import { useScreen } from '../frame/screen';
import { go, paths } from '../routes';
import { dayAfter } from '../showrooms/hours';
import { store } from '../sync/store';
import { Button, IconButton } from '../ui/Button';
import { EmptyState } from '../ui/States';
import { Agenda } from './Agenda';
import { Board } from './Board';
import { BookSheet, type Wished } from './BookSheet';
import { DriveSheet } from './DriveSheet';
import { demoCars } from './queries';
import { useRoomy } from './roomy';
import './drives.css';

/** The day of the demo cars: a board where there is room, a list a car on phones. */
export default function DrivesScreen() {
  useScreen({ title: t('drives.title') });
  const { id } = useParams<{ id?: string }>();
  const search = new URLSearchParams(useSearch());
  const lead = search.get('lead') ?? undefined;
  const today = dayOf(tick.value);
  const opened = store.get('testDrives', id);
  const day = search.get('day') ?? (opened ? dayOf(opened.startsAt) : today);
  const [wished, setWished] = useState<Wished | null>(null);
  const [openId, setOpen] = useState<string | null>(null);
  useEffect(() => setOpen(id ?? null), [id]);
  const roomy = useRoomy();

  const show = (next: string) => go(addressOf({ day: next, lead }), { replace: true });
  const ask = (vehicleId?: string, startsAt?: number) => setWished({ leadId: lead, vehicleId, startsAt, day });
  const close = () => (setOpen(null), id && go(paths.drives(day), { replace: true }));
  const Day = roomy ? Board : Agenda;
  return (
    <div class="drives">
      <div class="drives__head">
        <DayPicker day={day} today={today} onChange={show} />
        <Button kind="main" icon="plus" onClick={() => ask()}>{t('common.book')}</Button>
      </div>
      {lead && <p class="drives__for">{t('drives.forLead', { name: nameOfLead(lead) })}</p>}
      {demoCars().length === 0
        ? <EmptyState icon="wheel" title={t('drives.empty')} text={t('drives.emptyText')} />
        : <Day key={day} day={day} onGap={ask} onOpen={setOpen} />}
      <BookSheet wished={wished} onClose={() => setWished(null)} />
      <DriveSheet id={openId} onClose={close} />
    </div>
  );
}

function DayPicker({ day, today, onChange }: { day: string; today: string; onChange: (day: string) => void }) {
  return (
    <div class="drives__day">
      <IconButton label={t('drives.dayBefore')} icon="back" onClick={() => onChange(dayAfter(day, -1))} />
      <label class="drives__date">
        <b aria-live="polite">{formatDay(day, 'weekday')}</b>
        <span class="quiet drives__relative">{formatRelativeDay(day, today)}</span>
        <input type="date" class="drives__input" aria-label={t('common.date')} value={day} onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)} />
      </label>
      <IconButton label={t('drives.dayAfter')} icon="chevron" onClick={() => onChange(dayAfter(day, 1))} />
      {day !== today && <Button kind="plain" onClick={() => onChange(today)}>{t('common.today')}</Button>}
    </div>
  );
}

const nameOfLead = (leadId: string): string => store.get('customers', store.get('leads', leadId)?.customerId)?.name ?? t('common.noName');

function addressOf({ day, lead }: { day: string; lead?: string }): string {
  return lead ? `${paths.drives(day)}&lead=${lead}` : paths.drives(day);
}
