// One finger, one direction: what a swipe on a row and the drawing of a sheet have in common.
import { useMemo, useRef } from 'preact/hooks';

export interface Drag {
  axis: 'x' | 'y';
  /** Called on every move with the distance so far, in px. */
  onMove: (distance: number) => void;
  /** `speed` in px per ms, signed like `distance`. */
  onEnd: (distance: number, speed: number) => void;
}

interface Held {
  id: number;
  x: number;
  y: number;
  at: number;
  moving: boolean;
}

const slack = 10;

/** Handlers to spread on the element. A drag swallows the click that would follow it. */
export function useDrag(drag: Drag) {
  const latest = useRef(drag);
  latest.current = drag;
  return useMemo(() => handlers(() => latest.current), []);
}

function handlers(drag: () => Drag) {
  let held: Held | null = null;

  const along = (event: PointerEvent) => (drag().axis === 'x' ? event.clientX - held!.x : event.clientY - held!.y);
  const across = (event: PointerEvent) => (drag().axis === 'x' ? event.clientY - held!.y : event.clientX - held!.x);

  function end(event: PointerEvent, cancelled: boolean) {
    if (held?.id !== event.pointerId) return;
    const { moving, at } = held;
    const distance = cancelled ? 0 : along(event);
    held = null;
    if (!moving) return;
    swallowClick(event.currentTarget as HTMLElement);
    drag().onEnd(distance, distance / Math.max(1, event.timeStamp - at));
  }

  return {
    onPointerDown(event: PointerEvent) {
      if (!event.isPrimary || event.button !== 0) return;
      held = { id: event.pointerId, x: event.clientX, y: event.clientY, at: event.timeStamp, moving: false };
    },
    onPointerMove(event: PointerEvent) {
      if (held?.id !== event.pointerId) return;
      if (!held.moving) {
        if (Math.abs(across(event)) > slack) return void (held = null);
        if (Math.abs(along(event)) < slack) return;
        held.moving = true;
        (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
      }
      drag().onMove(along(event));
    },
    onPointerUp: (event: PointerEvent) => end(event, false),
    onPointerCancel: (event: PointerEvent) => end(event, true),
  };
}

export function swallowClick(element: HTMLElement): void {
  const stop = (event: Event) => (event.preventDefault(), event.stopPropagation());
  element.addEventListener('click', stop, { capture: true, once: true });
  setTimeout(() => element.removeEventListener('click', stop, { capture: true }), 50);
}
