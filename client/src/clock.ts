import { signal } from '@preact/signals';

/** The device's time. Never decides order, sight or conflict. */
export const now = (): Date => new Date();

/** Milliseconds that the server's clock is ahead of this device's, as its last answer said. */
export const serverAhead = signal(0);

/** What the server would say it is now: tells `happenedAt` apart from a clock that is hours off. */
export const serverNow = (): Date => new Date(Date.now() + serverAhead.value);

/** The time, moved on every half minute while somebody looks: for now-lines and "due in". */
export const tick = signal(Date.now());

const page = globalThis.document as Document | undefined;

const move = (): void => {
  if (page?.visibilityState !== 'hidden') tick.value = Date.now();
};

setInterval(move, 30_000);
page?.addEventListener('visibilitychange', move);
