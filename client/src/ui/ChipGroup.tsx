import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { formatNumber } from '../i18n';
import { classes } from './classes';
import { Icon, type IconName } from './Icon';
import { Lozenge, type Level } from './Lozenge';
import { roam } from './roving';

export interface ChipOption<V extends string> {
  value: V;
  label: string;
  count?: number;
  icon?: IconName;
  level?: Level;
}

interface Shared<V extends string> {
  /** What is chosen here, in words. */
  label: string;
  options: readonly ChipOption<V>[];
  /** One line that scrolls sideways instead of wrapping. */
  scroll?: boolean;
  /** Shown after the last chip (a "more" chip, a search). */
  after?: ComponentChildren;
}

export interface ChipGroupProps<V extends string> extends Shared<V> {
  value: V | null;
  onChange: (value: V | null) => void;
  /** A second tap on the chosen one takes it back. */
  clearable?: boolean;
}

/** One of several. */
export function ChipGroup<V extends string>({ label, options, value, onChange, scroll, clearable, after }: ChipGroupProps<V>) {
  const stop = Math.max(0, options.findIndex((option) => option.value === value));
  const pick = (next: V) => onChange(clearable && next === value ? null : next);
  return (
    <div class={classes('chips', scroll && 'chips--scroll')} role="radiogroup" aria-label={label}
      onKeyDown={(event) => roam(event, '[role=radio]', (index) => options[index] && onChange(options[index].value))}>
      {options.map((option, index) => (
        <ChipFace key={option.value} option={option} role="radio" checked={option.value === value}
          tabIndex={index === stop ? 0 : -1} onClick={() => pick(option.value)} />
      ))}
      {after}
    </div>
  );
}

export interface ChipsProps<V extends string> extends Shared<V> {
  values: readonly V[];
  onChange: (values: V[]) => void;
}

/** Any of several: filters. */
export function Chips<V extends string>({ label, options, values, onChange, scroll, after }: ChipsProps<V>) {
  const [stop, setStop] = useState(0);
  const toggle = (value: V) =>
    onChange(values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);
  return (
    <div class={classes('chips', scroll && 'chips--scroll')} role="group" aria-label={label}
      onKeyDown={(event) => roam(event, '[role=checkbox]', setStop)}>
      {options.map((option, index) => (
        <ChipFace key={option.value} option={option} role="checkbox" checked={values.includes(option.value)}
          tabIndex={index === Math.min(stop, options.length - 1) ? 0 : -1}
          onClick={() => (setStop(index), toggle(option.value))} />
      ))}
      {after}
    </div>
  );
}

interface FaceProps {
  option: ChipOption<string>;
  role: 'radio' | 'checkbox';
  checked: boolean;
  tabIndex: number;
  onClick: () => void;
}

function ChipFace({ option, role, checked, tabIndex, onClick }: FaceProps) {
  return (
    <button type="button" class={classes('chip', option.level && 'chip--lozenge')} role={role} aria-checked={checked}
      tabIndex={tabIndex} onClick={onClick}>
      {option.level && <Lozenge level={option.level} small silent />}
      {option.icon && <Icon name={option.icon} size={20} />}
      <span class="cut">{option.label}</span>
      {option.count !== undefined && <span class="chip__count">{formatNumber(option.count)}</span>}
    </button>
  );
}

/** A chip of its own: a toggle (give `pressed`) or a small action. */
export function Chip({ label, icon, count, pressed, onClick }: {
  label: string; icon?: IconName; count?: number; pressed?: boolean; onClick: () => void;
}) {
  return (
    <button type="button" class="chip" aria-pressed={pressed} onClick={onClick}>
      {icon && <Icon name={icon} size={20} />}
      <span class="cut">{label}</span>
      {count !== undefined && <span class="chip__count">{formatNumber(count)}</span>}
    </button>
  );
}
