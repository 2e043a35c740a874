import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { IconButton } from './Button';
import { useBackCloses } from './history';
import { useDrag } from './pointer';

export interface SheetProps {
  open: boolean;
  title: string;
  /** Escape, Back, a swipe, a tap beside it and the cross all end here. Keep what was typed as a draft. */
  onClose: () => void;
  children: ComponentChildren;
  /** The one obvious next thing, always in reach of the thumb. */
  footer?: ComponentChildren;
}

const closing = 180;
let closeOther: (() => void) | null = null;

/** Rises from the bottom on phones, from the right on tablets. One at a time: opening one closes another. */
export function Sheet({ open, title, onClose, children, footer }: SheetProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const shown = useLinger(open);
  const close = useRef(onClose);
  close.current = onClose;
  useBackCloses(open, onClose);

  useEffect(() => {
    const element = dialog.current;
    if (!open || !element) return;
    const mine = () => close.current();
    closeOther?.();
    closeOther = mine;
    element.showModal();
    (element.querySelector<HTMLElement>('[data-autofocus]') ?? element.querySelector<HTMLElement>('h2'))?.focus();
    return () => {
      if (closeOther === mine) closeOther = null;
      element.close();
    };
  }, [open]);

  const draw = useDrag({ axis: 'y', onMove: pull, onEnd: release });

  function pull(distance: number) {
    dialog.current!.classList.add('sheet--dragged');
    dialog.current!.style.transform = `translateY(${Math.max(0, distance)}px)`;
  }

  function release(distance: number, speed: number) {
    dialog.current!.classList.remove('sheet--dragged');
    dialog.current!.style.transform = '';
    if (distance > 96 || (speed > 0.5 && distance > 24)) onClose();
  }

  return (
    <dialog ref={dialog} class="sheet" aria-labelledby={id}
      onCancel={(event) => (event.preventDefault(), onClose())}
      onClick={(event) => isBeside(event) && onClose()}>
      {shown && (
        <>
          <div class="sheet__head" {...draw}>
            <h2 class="sheet__title" id={id} tabIndex={-1}>{title}</h2>
            <IconButton label={t('common.close')} icon="close" onClick={onClose} />
          </div>
          <div class="sheet__body">{children}</div>
          <div class="sheet__foot">{footer}</div>
        </>
      )}
    </dialog>
  );
}

/** Keeps the content for as long as the sheet is on its way out. */
function useLinger(open: boolean): boolean {
  const [lingers, setLingers] = useState(open);
  useEffect(() => {
    if (open) return setLingers(true);
    const timer = setTimeout(() => setLingers(false), closing);
    return () => clearTimeout(timer);
  }, [open]);
  return open || lingers;
}

function isBeside(event: MouseEvent): boolean {
  if (event.target !== event.currentTarget) return false;
  const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
  const { clientX: x, clientY: y } = event;
  return x < box.left || x > box.right || y < box.top || y > box.bottom;
}
