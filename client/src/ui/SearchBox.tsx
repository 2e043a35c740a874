import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { IconButton } from './Button';
import { Icon } from './Icon';

export interface SearchBoxProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  placeholder?: string;
  /** "/" brings the focus here, unless one is typing or a sheet is open. One per screen. */
  slash?: boolean;
  starts?: boolean;
  onEnter?: () => void;
  onFocus?: () => void;
  onEscape?: () => void;
}

export function SearchBox({ label, value, onInput, placeholder, slash, starts, onEnter, onFocus, onEscape }: SearchBoxProps) {
  const field = useRef<HTMLInputElement>(null);
  useSlash(!!slash, () => {
    onFocus?.(); // on a phone it is this that uncovers the field
    setTimeout(() => (field.current?.focus(), field.current?.select()));
  });

  const clear = () => (onInput(''), field.current?.focus());
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') onEnter?.();
    if (event.key === 'Escape') (event.preventDefault(), value ? clear() : onEscape?.());
  }
  return (
    <div class="search" role={slash ? 'search' : undefined}>
      <Icon name="search" size={20} />
      <input ref={field} class="search__input" type="search" enterKeyHint="search" autocomplete="off" spellcheck={false}
        aria-label={label} placeholder={placeholder ?? label} value={value} data-autofocus={starts || undefined}
        aria-keyshortcuts={slash ? '/' : undefined}
        onInput={(event) => onInput(event.currentTarget.value)} onFocus={onFocus} onKeyDown={onKeyDown} />
      {value
        ? <IconButton class="search__clear" label={t('common.clear')} icon="close" onClick={clear} />
        : slash && <kbd class="search__key" aria-hidden="true">/</kbd>}
    </div>
  );
}

function useSlash(on: boolean, then: () => void): void {
  const latest = useRef(then);
  latest.current = then;
  useEffect(() => {
    if (!on) return;
    const listen = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, [on]);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
