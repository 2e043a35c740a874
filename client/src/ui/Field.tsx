import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from './Icon';

export interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  kind?: 'text' | 'tel' | 'number' | 'date' | 'time' | 'email' | 'password' | 'textarea';
  hint?: ComponentChildren;
  /** What is wrong and what to do; announced, and tied to the field. */
  error?: string | null;
  name?: string;
  placeholder?: string;
  autocomplete?: string;
  /** What a decimal field asks for: 'decimal' gets a point on the keypad. */
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'none';
  required?: boolean;
  optional?: boolean;
  disabled?: boolean;
  min?: string;
  max?: string;
  step?: string;
  maxlength?: number;
  /** The field that a screen or sheet starts in. */
  starts?: boolean;
  onBlur?: () => void;
  onEnter?: () => void;
}

const keypads = { tel: 'tel', number: 'numeric' } as const;

export function Field({ label, value, onInput, kind = 'text', hint, error, optional, starts, onEnter, ...rest }: FieldProps) {
  const id = useId();
  const shared = {
    ...rest,
    id,
    value,
    class: 'field__input',
    'aria-invalid': error ? true : undefined,
    'aria-describedby': [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
    'data-autofocus': starts || undefined,
    onInput: (event: Event) => onInput((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class="field">
      <label class="field__label" for={id}>
        {label}
        {optional && <span class="quiet"> · {t('common.optional')}</span>}
      </label>
      {kind === 'textarea' ? (
        <textarea {...shared} rows={3} />
      ) : (
        <input {...shared} type={typeOf(kind)} inputMode={rest.inputmode ?? keypads[kind as 'tel']}
          onKeyDown={onEnter && ((event) => event.key === 'Enter' && onEnter())} />
      )}
      {hint && <p class="field__hint" id={`${id}-hint`}>{hint}</p>}
      <p class="field__error" id={`${id}-error`} role="alert" hidden={!error}>
        {error && <Icon name="warning" size={20} />}
        {error}
      </p>
    </div>
  );
}

/** A number is a text with a keypad: type=number changes by the wheel and hides what it cannot read. */
function typeOf(kind: FieldProps['kind']): 'text' {
  return (kind === 'number' ? 'text' : kind) as 'text'; // the typed union of inputs has no room for a variable
}
