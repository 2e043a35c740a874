import { useRef } from 'preact/hooks';
import { t } from '../i18n';
import { classes } from './classes';
import { Icon } from './Icon';

export interface NumberPadProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  maxlength?: number;
  /** The key at the lower left. */
  extra?: '+' | '.';
  /** Dots instead of digits. */
  secret?: boolean;
  /** Start with the focus here, so that a hardware keyboard works at once. */
  starts?: boolean;
  onEnter?: () => void;
}

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Our own keys, so that no system keyboard covers the screen. A hardware keyboard, paste and a screen reader use the field. */
export function NumberPad({ label, value, onChange, placeholder, maxlength = 16, extra, secret, starts, onEnter }: NumberPadProps) {
  const field = useRef<HTMLInputElement>(null);
  const keep = (text: string) => onChange(onlyKeys(text, extra).slice(0, maxlength));
  const press = (key: string) => keep(value + key);
  return (
    <div class="pad" role="group" aria-label={label}>
      <input ref={field} class="pad__display" type={(secret ? 'password' : 'text') as 'text'} inputMode="none" autocomplete="off"
        aria-label={label} placeholder={placeholder} value={value} data-autofocus={starts || undefined}
        onInput={(event) => keep(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && onEnter?.()} />
      <div class="pad__keys">
        {digits.map((digit) => <Key key={digit} face={digit} onPress={() => press(digit)} />)}
        {extra ? <Key face={extra} quiet onPress={() => press(extra)} /> : <span />}
        <Key face="0" onPress={() => press('0')} />
        <button type="button" class="pad__key pad__key--quiet" tabIndex={-1} aria-label={t('common.deleteDigit')}
          onClick={() => onChange(value.slice(0, -1))}>
          <Icon name="backspace" size={28} />
        </button>
      </div>
    </div>
  );
}

/** Out of the tab order: with a keyboard one types into the field. A finger and a screen reader reach them all the same. */
function Key({ face, quiet, onPress }: { face: string; quiet?: boolean; onPress: () => void }) {
  return (
    <button type="button" class={classes('pad__key', quiet && 'pad__key--quiet')} tabIndex={-1} onClick={onPress}>
      {face}
    </button>
  );
}

function onlyKeys(text: string, extra?: '+' | '.'): string {
  const plain = text.normalize('NFKC').replace(/[^\d+.]/g, '');
  return extra === '+' ? plain.replace(/(?!^)\+|\./g, '') : extra === '.' ? plain.replace(/\+/g, '') : plain.replace(/[+.]/g, '');
}
