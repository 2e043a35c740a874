import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { languageOf } from '../i18n';
import { follow, IconButton } from './Button';
import { classes } from './classes';
import { Icon, type IconName } from './Icon';
import { Lozenge, type Level } from './Lozenge';
import { useDrag } from './pointer';

export interface RowAction {
  /** With the person's name in it: "Call Ada Lovelace". */
  label: string;
  /** The short word that a swipe uncovers: "Call". */
  short: string;
  icon: IconName;
  onAction?: () => void;
  href?: string;
  filled?: boolean;
}

export interface ListRowProps {
  title: string;
  /** Opens on a tap anywhere on the row. */
  href?: string;
  onOpen?: () => void;
  level?: Level;
  /** Instead of a level: an icon, a time, initials. */
  mark?: ComponentChildren;
  subtitle?: ComponentChildren;
  /** Why it is here, in plain words. May take two lines. */
  why?: ComponentChildren;
  time?: string;
  late?: boolean;
  tags?: ComponentChildren;
  selected?: boolean;
  /** Right-hand button, and what a swipe to the right does. */
  first?: RowAction;
  /** Second button (hidden on narrow rows until focused), and what a swipe to the left does. */
  second?: RowAction;
  /** 'div' inside of a VirtualList, whose items are the list items. */
  as?: 'li' | 'div';
}

const far = 88;

export function ListRow({ as: Tag = 'li', selected, first, second, ...row }: ListRowProps) {
  const face = useRef<HTMLDivElement>(null);
  const swipe = useDrag({ axis: 'x', onMove: (distance) => slide(distance), onEnd: settle });

  function slide(distance: number) {
    const element = face.current;
    if (!element) return;
    element.classList.remove('row__face--settling');
    const open = (distance > 0 && first) || (distance < 0 && second);
    element.style.transform = `translateX(${open ? distance : distance / 6}px)`;
    element.parentElement!.dataset['toward'] = distance > 0 ? 'start' : 'end';
  }

  function settle(distance: number, speed: number) {
    const element = face.current!;
    element.classList.add('row__face--settling');
    element.style.transform = '';
    // What lay under it would be seen through a list that is hidden by visibility.
    setTimeout(() => delete element.parentElement?.dataset['toward'], 180);
    const meant = Math.abs(distance) > far || (Math.abs(speed) > 0.6 && Math.abs(distance) > 40);
    if (meant) act(distance > 0 ? first : second);
  }

  return (
    <Tag class="row" data-selected={selected || undefined}>
      {first && <Under action={first} />}
      {second && <Under action={second} end />}
      <div ref={face} class="row__face" {...(first || second ? swipe : {})}>
        <RowFace {...row} selected={selected} />
        {second && <RowButton action={second} look="row__action row__action--second" />}
        {first && <RowButton action={first} look="row__action" />}
      </div>
    </Tag>
  );
}

function RowFace({ title, href, onOpen, level, mark, subtitle, why, time, late, tags, selected }: ListRowProps) {
  const name = <span lang={languageOf(title)}>{title}</span>;
  return (
    <>
      {level ? <Lozenge level={level} /> : mark}
      <div class="row__body">
        <div class="row__head">
          {href ? (
            <a class="row__link cut" href={href} draggable={false} aria-current={selected || undefined} onClick={(event) => follow(event, href)}>{name}</a>
          ) : onOpen ? (
            <button type="button" class="row__link cut" onClick={onOpen}>{name}</button>
          ) : (
            <span class="row__link row__link--still cut">{name}</span>
          )}
          {time && <span class={classes('row__time', late && 'row__time--bad')}>{time}</span>}
        </div>
        {subtitle && <div class="row__sub cut">{subtitle}</div>}
        {why && <div class="row__why wrap-2">{why}</div>}
        {tags && <div class="line">{tags}</div>}
      </div>
    </>
  );
}

function RowButton({ action, look }: { action: RowAction; look: string }) {
  return (
    <div class={look}>
      <IconButton label={action.label} icon={action.icon} filled={action.filled} href={action.href} onClick={action.onAction} />
    </div>
  );
}

function Under({ action, end }: { action: RowAction; end?: boolean }) {
  return (
    <div class={classes('row__under', end && 'row__under--end')} aria-hidden="true">
      <Icon name={action.icon} />
      {action.short}
    </div>
  );
}

function act(action?: RowAction): void {
  if (!action) return;
  action.onAction?.();
  if (action.href) location.href = action.href;
}

/** A list of rows, with its name; a heading above it by `title`. */
export function Rows({ label, children }: { label: string; children: ComponentChildren }) {
  return <ul class="rows" aria-label={label}>{children}</ul>;
}

export function RowTitle({ title, count, bad }: { title: string; count?: number; bad?: boolean }) {
  return (
    <h2 class={classes('row-title', bad && 'row-title--bad')}>
      {title}
      {count !== undefined && <span class="row-title__count">{count}</span>}
    </h2>
  );
}
