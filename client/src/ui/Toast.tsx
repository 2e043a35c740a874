import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { classes } from './classes';

export interface ToastText {
  text: string;
  /** Offers "Undo" for six seconds; called at most once. */
  undo?: () => void;
  /** Called when the six seconds are over and nobody undid it. */
  onGone?: () => void;
}

const stays = 6000;
let number = 0;
const current = signal<(ToastText & { id: number }) | null>(null);

/** What is said instead of a deed that can be undone, while nothing can be kept: it is not done yet. */
export const notKept = signal<string | null>(null);

/** Says what was just done. A newer one takes the place of the older, which counts as gone. */
export function showToast(toast: ToastText): void {
  current.peek()?.onGone?.();
  current.value = { ...toast, id: ++number };
}

export function hideToast(): void {
  current.value = null;
}

/** Once in the frame. A finger or the focus on it holds the clock. */
export function ToastHost() {
  const toast = current.value;
  const timer = useRef(0);
  const hold = () => clearTimeout(timer.current);
  const run = () => {
    hold();
    timer.current = window.setTimeout(() => {
      const gone = current.peek();
      current.value = null;
      gone?.onGone?.();
    }, stays);
  };
  useEffect(() => {
    if (!toast) return;
    run();
    return hold;
  }, [toast?.id]);

  const undo = () => (hideToast(), toast?.undo?.());
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toast && (
        <div key={toast.id} class={classes('toast', !toast.undo && 'toast--plain')} onPointerEnter={hold} onPointerLeave={run} onFocusIn={hold} onFocusOut={run}>
          <span>{(toast.undo && notKept.value) || toast.text}</span>
          {toast.undo && <button type="button" class="toast__undo" onClick={undo}>{t('common.undo')}</button>}
        </div>
      )}
    </div>
  );
}
