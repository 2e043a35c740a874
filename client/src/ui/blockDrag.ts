// Moving a block of the drives board: at once with a mouse, after a held finger by touch (so that one can still scroll).
import { useEffect, useRef } from 'preact/hooks';
import { swallowClick } from './pointer';

/** An hour is 4.5 rem, 72 px: half of one is comfortable to tap, and it grows with the text. */
export const pixelsPerMinute = (4.5 * rootSize()) / 60;
const hold = 280;

interface BlockDrag {
  can: boolean;
  /** Distance to the side in px, and down in minutes. */
  onMove: (at: { x: number; by: number }) => void;
  onDrop: (by: number, columnId: string | null) => void;
}

interface Held {
  id: number;
  x: number;
  y: number;
  touch: boolean;
  moving: boolean;
  timer: number;
}

export function useBlockDrag(drag: BlockDrag) {
  const held = useRef<Held | null>(null);
  const element = useRef<HTMLButtonElement>(null);

  // A moving finger must not scroll the board; only a listener that is not passive can say so.
  useEffect(() => {
    const block = element.current;
    const stay = (event: TouchEvent) => held.current?.moving && event.preventDefault();
    block?.addEventListener('touchmove', stay, { passive: false });
    return () => block?.removeEventListener('touchmove', stay);
  }, []);

  function lift() {
    const now = held.current;
    if (!now) return;
    now.moving = true;
    element.current?.setPointerCapture(now.id);
    drag.onMove({ x: 0, by: 0 });
  }

  function letGo() {
    clearTimeout(held.current?.timer);
    held.current = null;
  }

  return {
    ref: element,
    onPointerDown(event: PointerEvent) {
      if (!drag.can || !event.isPrimary || event.button !== 0) return;
      const touch = event.pointerType === 'touch';
      held.current = { id: event.pointerId, x: event.clientX, y: event.clientY, touch, moving: false, timer: touch ? window.setTimeout(lift, hold) : 0 };
    },
    onPointerMove(event: PointerEvent) {
      const now = held.current;
      if (now?.id !== event.pointerId) return;
      const x = event.clientX - now.x;
      const y = event.clientY - now.y;
      if (!now.moving && Math.hypot(x, y) < 6) return;
      if (!now.moving && now.touch) return letGo();
      if (!now.moving) lift();
      drag.onMove({ x, by: y / pixelsPerMinute });
    },
    onPointerUp(event: PointerEvent) {
      const now = held.current;
      letGo();
      if (!now?.moving) return;
      swallowClick(element.current!);
      drag.onDrop((event.clientY - now.y) / pixelsPerMinute, columnAt(event, element.current!));
    },
    onPointerCancel() {
      const moving = held.current?.moving;
      letGo();
      if (moving) drag.onDrop(0, null);
    },
    onContextMenu: (event: Event) => held.current && event.preventDefault(),
  };
}

function rootSize(): number {
  return typeof document === 'undefined' ? 16 : parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

function columnAt({ clientX, clientY }: PointerEvent, block: HTMLElement): string | null {
  const under = document.elementsFromPoint(clientX, clientY).filter((element) => !block.contains(element));
  return under.map((element) => element.closest<HTMLElement>('[data-column]')).find((column) => column)?.dataset['column'] ?? null;
}
