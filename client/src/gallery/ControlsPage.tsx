import { useState } from 'preact/hooks';
import { Page } from '../frame/Page';
import { t } from '../i18n';
import { Button, IconButton } from '../ui/Button';
import { Card, Figure, Tag } from '../ui/Card';
import { Checklist } from '../ui/Checklist';
import { Chip, ChipGroup, Chips } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { levels, Lozenge } from '../ui/Lozenge';
import { Rows, RowTitle } from '../ui/ListRow';
import { SearchBox } from '../ui/SearchBox';
import { SegmentedControl } from '../ui/SegmentedControl';
import { Sheet } from '../ui/Sheet';
import { bodies, Silhouette } from '../ui/Silhouette';
import { SignaturePad, type Signature } from '../ui/SignaturePad';
import { cast, say } from './cast';
import { PersonRow } from './PersonRow';

const outcomes = ['reached', 'no_answer', 'will_come', 'not_now'] as const;

export function ControlsPage({ open }: { open: string | null }) {
  const [sheet, setSheet] = useState(open === 'sheet');
  return (
    <Page>
      <Greeting />
      <Card title={t('words.nextStep')} tone="accent" aside={<Tag tone="accent">{t('common.today')}</Tag>}>
        <p>{cast()[0]!.why}</p>
        <div class="line">
          <Button kind="main" icon="check" onClick={() => setSheet(true)}>{t('common.done')}</Button>
          <Button icon="calendar">{t('common.change')}</Button>
          <Button kind="plain">{t('common.more')}</Button>
        </div>
      </Card>
      <section>
        <RowTitle title={t('today.overdue')} count={2} bad />
        <Card flush>
          <Rows label={t('today.overdue')}>{cast(9).map((somebody) => <PersonRow key={somebody.id} somebody={somebody} />)}</Rows>
        </Card>
      </section>
      <Controls />
      <Sheet open={sheet} title={t('today.outcomeTitle')} onClose={() => setSheet(false)}
        footer={<Button kind="main" onClick={() => setSheet(false)}>{t('common.done')}</Button>}>
        <Outcomes />
      </Sheet>
    </Page>
  );
}

function Greeting() {
  return (
    <div class="stack">
      <h2 class="quiet">{t('today.morning', { name: say('Yue', '林悦') })}</h2>
      <div class="figures">
        <Figure value="7" label={t('today.due')} />
        <Figure value="12" label={t('today.done')} />
        <Figure value="3" label={t('today.appointments')} />
      </div>
    </div>
  );
}

function Outcomes() {
  const [outcome, setOutcome] = useState<(typeof outcomes)[number] | null>('reached');
  const [note, setNote] = useState('');
  return (
    <div class="stack">
      <ChipGroup label={t('today.outcomeTitle')} value={outcome} onChange={setOutcome}
        options={outcomes.map((value) => ({ value, label: t(`words.outcome_${value}`) }))} />
      <p>{t('today.proposes', { step: t('common.call'), day: t('common.tomorrow') })}</p>
      <Field kind="textarea" label={t('common.note')} optional value={note} onInput={setNote} />
      <Field kind="date" label={t('common.date')} value="2026-11-23" onInput={() => undefined} />
    </div>
  );
}

function Controls() {
  const [source, setSource] = useState<string | null>('walk');
  const [filters, setFilters] = useState<string[]>(['mine']);
  const [theme, setTheme] = useState('auto');
  const [query, setQuery] = useState('');
  const [phone, setPhone] = useState('138');
  const [ticks, setTicks] = useState<string[]>(['licence']);
  const [signature, setSignature] = useState<Signature | null>(null);
  return (
    <div class="stack">
      <Card title={say('Buttons', '按钮')}>
        <div class="line">
          <Button kind="main" icon="plus">{t('common.add')}</Button>
          <Button>{t('common.save')}</Button>
          <Button kind="plain">{t('common.cancel')}</Button>
          <Button kind="danger">{t('refusals.discard')}</Button>
          <Button disabled>{t('common.next')}</Button>
          <IconButton label={t('common.call')} icon="call" filled />
          <IconButton label={t('common.message')} icon="message" />
        </div>
      </Card>
      <Card title={t('words.level')}>
        <div class="line">{levels.map((level) => <Lozenge key={level} level={level} />)}</div>
        <ChipGroup label={t('words.level')} value="H" onChange={() => undefined}
          options={levels.slice(0, 6).map((level) => ({ value: level, label: t(`words.level_${level}`), level }))} />
        <div class="line">
          <Tag>{t('words.drive_booked')}</Tag><Tag tone="wait">{t('words.drive_requested')}</Tag>
          <Tag tone="good">{t('words.driveVerified')}</Tag><Tag tone="bad">{t('words.lost')}</Tag>
        </div>
      </Card>
      <Card title={t('words.car')}>
        <div class="line">{bodies.map((body) => <Silhouette key={body} body={body} />)}</div>
      </Card>
      <Card title={t('words.source')}>
        <ChipGroup label={t('words.source')} value={source} onChange={setSource} clearable
          options={[{ value: 'walk', label: say('Passing by', '路过') }, { value: 'web', label: say('Website', '官网') }, { value: 'friend', label: say('Recommended by a friend', '朋友介绍') }]}
          after={<Chip label={t('common.more')} icon="more" onClick={() => undefined} />} />
        <Chips label={t('leads.filters')} values={filters} onChange={setFilters} scroll
          options={['mine', 'overdue', 'H', 'A', 'B', 'C'].map((value, index) => ({ value, label: index === 0 ? t('leads.mine') : index === 1 ? t('leads.overdue') : value, count: 128 >> index }))} />
        <SegmentedControl label={t('settings.theme')} value={theme} onChange={setTheme}
          options={[{ value: 'auto', label: t('settings.themeAuto') }, { value: 'light', label: t('settings.themeLight') }, { value: 'dark', label: t('settings.themeDark') }]} />
        <SearchBox label={t('common.search')} value={query} onInput={setQuery} />
      </Card>
      <Card title={say('Fields', '输入')}>
        <Field label={t('visits.name')} value="" onInput={() => undefined} placeholder="Ada Lovelace" optional />
        <Field kind="tel" label={t('common.phone')} value={phone} onInput={setPhone} hint={say('With area code', '含区号')}
          error={say('This is no phone number yet: four digits are missing.', '号码不完整：还差四位。')} />
        <Field kind="time" label={t('common.time')} value="10:30" onInput={() => undefined} />
      </Card>
      <Card title={t('drives.checkOut')}>
        <Checklist label={t('drives.checkOut')} onToggle={(id, on) => setTicks(on ? [...ticks, id] : ticks.filter((tick) => tick !== id))}
          items={[{ id: 'licence', label: t('drives.licence'), hint: say('Name and expiry seen', '已核对姓名和有效期'), checked: ticks.includes('licence') }, { id: 'agreement', label: t('drives.agreement'), checked: ticks.includes('agreement') }]} />
        <SignaturePad label={t('drives.agreement')} value={signature} onChange={setSignature} />
      </Card>
    </div>
  );
}
