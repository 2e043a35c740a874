import { useState } from 'preact/hooks';
import { formatDay, t } from '../i18n';
import { dayAfter } from '../showrooms/hours';
import { Chip, ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';

export interface DayChipsProps {
  label: string;
  /** The showroom's day of now. */
  today: string;
  /** ISO day, or null for what is proposed. */
  value: string | null;
  onChange: (day: string | null) => void;
  /** Offers "as proposed" first. */
  proposed?: boolean;
  /** Days from today that are offered. */
  days?: readonly number[];
  most?: number;
}

/** A day by one tap, or any other by the calendar. */
export function DayChips({ label, today, value, onChange, proposed = false, days = [1, 3, 7, 14], most = 365 }: DayChipsProps) {
  const [picking, setPicking] = useState(false);
  const offered = days.map((count) => ({ value: dayAfter(today, count), label: word(count, dayAfter(today, count)) }));
  const other = value && !offered.some((option) => option.value === value) ? [{ value, label: formatDay(value, 'weekday') }] : [];
  const first = proposed ? [{ value: 'proposed', label: t('today.dayProposed') }] : [];
  return (
    <div class="stack stack--tight">
      <ChipGroup label={label} options={[...first, ...offered, ...other]} value={value ?? (proposed ? 'proposed' : null)}
        onChange={(next) => onChange(next === 'proposed' ? null : next)}
        after={<Chip label={t('today.dayPick')} icon="calendar" pressed={picking} onClick={() => setPicking(!picking)} />} />
      {picking && (
        <Field label={t('today.dayPick')} kind="date" value={value ?? ''} min={dayAfter(today, Math.min(1, ...days))} max={dayAfter(today, most)} onInput={(next) => onChange(next || null)} />
      )}
    </div>
  );
}

function word(count: number, day: string): string {
  if (count === 0) return t('common.today');
  if (count === 1) return t('common.tomorrow');
  if (count === 7) return t('today.dayWeek');
  if (count === 30) return t('today.dayMonth');
  if (count === 90) return t('today.dayQuarter');
  return count < 60 ? t('today.dayIn', { count }) : formatDay(day, 'short');
}
