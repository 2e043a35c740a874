import type { ComponentChildren, Ref } from 'preact';
import { go } from '../routes';
import { classes } from './classes';
import { Icon, type IconName } from './Icon';

interface Tapped {
  onClick?: (event: MouseEvent) => void;
  /** An address of the app, or tel: / sms: / mailto: ; makes it a link. */
  href?: string;
  disabled?: boolean;
}

export interface ButtonProps extends Tapped {
  children: ComponentChildren;
  kind?: 'main' | 'second' | 'plain' | 'danger';
  icon?: IconName;
  type?: 'button' | 'submit';
  wide?: boolean;
  describedBy?: string;
  buttonRef?: Ref<HTMLElement>;
}

export function Button({ children, kind = 'second', icon, wide, describedBy, ...rest }: ButtonProps) {
  const look = classes('button', kind !== 'second' && `button--${kind}`, wide && 'button--wide');
  return (
    <Tap {...rest} look={look} describedBy={describedBy}>
      {icon && <Icon name={icon} size={20} />}
      {children}
    </Tap>
  );
}

export interface IconButtonProps extends Tapped {
  /** What it does, in words: read aloud and shown as a tip. */
  label: string;
  icon: IconName;
  filled?: boolean;
  pressed?: boolean;
  expanded?: boolean;
  class?: string;
  buttonRef?: Ref<HTMLElement>;
}

export function IconButton({ label, icon, filled, pressed, expanded, class: extra, ...rest }: IconButtonProps) {
  const look = classes('icon-button', filled && 'icon-button--filled', extra);
  return (
    <Tap {...rest} look={look} label={label} pressed={pressed} expanded={expanded}>
      <Icon name={icon} />
    </Tap>
  );
}

interface TapProps extends Tapped {
  look: string;
  children: ComponentChildren;
  type?: 'button' | 'submit';
  label?: string;
  pressed?: boolean;
  expanded?: boolean;
  describedBy?: string;
  buttonRef?: Ref<HTMLElement>;
}

function Tap({ look, children, href, onClick, disabled, type = 'button', label, pressed, expanded, describedBy, buttonRef }: TapProps) {
  if (href && !disabled) {
    return (
      <a ref={buttonRef as Ref<HTMLAnchorElement>} class={look} href={href} aria-label={label} title={label}
        aria-describedby={describedBy} onClick={(event) => follow(event, href, onClick)}>
        {children}
      </a>
    );
  }
  return (
    <button ref={buttonRef as Ref<HTMLButtonElement>} class={look} type={type} disabled={disabled} aria-label={label} title={label}
      aria-pressed={pressed} aria-expanded={expanded} aria-describedby={describedBy} onClick={onClick}>
      {children}
    </button>
  );
}

/** Follows a link inside the app without a page load; leaves tel:, new tabs and the like to the browser. */
export function follow(event: MouseEvent, href: string, onClick?: (event: MouseEvent) => void): void {
  onClick?.(event);
  const ours = href.startsWith('/') && !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0;
  if (!ours || event.defaultPrevented) return;
  event.preventDefault();
  go(href);
}
