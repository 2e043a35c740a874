import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { language, t } from '../i18n';
import type { Level, Party } from '../model';
import { Chip, ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { CarChips } from './CarChips';
import { sourcesByUse } from './queries';
import type { FormProps } from './VisitScreen';

const FREQUENT = 5;
const byHand = ['H', 'A', 'B', 'C', 'NURTURE', 'N'] as const;

/** Everything but the number: each one tap, none of them needed. */
export function Answers({ form, set }: FormProps) {
  const errand = form.errand !== null;
  return (
    <>
      <Asked label={t('visits.who')}>
        <ChipGroup<Party> label={t('visits.who')} value={form.party} onChange={(party) => set({ party })} clearable options={[
          { value: 'ONE', label: t('visits.one'), icon: 'user' },
          { value: 'COUPLE', label: t('visits.couple'), icon: 'couple' },
          { value: 'FAMILY', label: t('visits.family'), icon: 'family' },
        ]} />
      </Asked>
      {!errand && <Brought form={form} set={set} />}
      {!errand && <Asked label={t('visits.car')}><CarChips wanted={form.wanted} onChange={(wanted) => set({ wanted })} /></Asked>}
      {!errand && <Feeling form={form} set={set} />}
      {!form.chosenId && !errand && (
        <Field label={t('visits.name')} value={form.name} onInput={(name) => set({ name })} optional maxlength={160} autocomplete="off" />
      )}
      <Field label={t('common.note')} kind="textarea" value={form.note} onInput={(note) => set({ note })} optional maxlength={10000} hint={t('visits.noteHint')} />
      {!errand && <NextCall form={form} set={set} />}
    </>
  );
}

export function Asked({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="visit__asked">
      <div class="field__label" aria-hidden="true">{label}</div>
      {children}
    </div>
  );
}

function Brought({ form, set }: FormProps) {
  const [all, setAll] = useState(false);
  const sources = sourcesByUse(tick.peek());
  const shown = all ? sources : sources.filter(({ id }, index) => index < FREQUENT || id === form.sourceId);
  const options = shown.map(({ id, name, nameZh }) => ({ value: id, label: language.value === 'zh-CN' ? nameZh || name : name }));
  return (
    <Asked label={t('visits.brought')}>
      <ChipGroup label={t('visits.brought')} options={options} value={form.sourceId} onChange={(sourceId) => set({ sourceId })} clearable
        after={shown.length < sources.length ? <Chip label={t('common.more')} icon="more" onClick={() => setAll(true)} /> : undefined} />
    </Asked>
  );
}

function Feeling({ form, set }: FormProps) {
  return (
    <Asked label={t('visits.level')}>
      <ChipGroup<Level> label={t('visits.level')} value={form.level} onChange={(level) => set({ level })} clearable
        options={byHand.map((level) => ({ value: level, label: t(`visits.level_${level}`), level }))} />
    </Asked>
  );
}

const rhythms = ['auto', '1', '3', '7'] as const;

function NextCall({ form, set }: FormProps) {
  const label = (days: (typeof rhythms)[number]) =>
    days === 'auto' ? t('visits.callAuto') : days === '1' ? t('common.tomorrow') : t('visits.callIn', { count: Number(days) });
  return (
    <Asked label={t('visits.nextCall')}>
      <ChipGroup label={t('visits.nextCall')} value={form.callIn === null ? 'auto' : (String(form.callIn) as '1')}
        onChange={(days) => set({ callIn: days === 'auto' || !days ? null : Number(days) })}
        options={rhythms.map((value) => ({ value, label: label(value) }))} />
    </Asked>
  );
}
