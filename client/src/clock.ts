import { signal } from '@preact/signals';

/** Milliseconds that the server's clock is ahead of this device's, as its last answer said. */
export const serverAhead = signal(0);

/** The device's time less the time that has passed, when the server last spoke. */
let heardAt: number | undefined;
const offset = (): number => Date.now() - performance.now();

/**
 * Whether the server has spoken since the app was opened, and the device's clock has not been set since. After a sleep
 * that looks the same as after a jump: then the server is asked once more.
 */
export const isServerTimeKnown = (): boolean => heardAt !== undefined && Math.abs(offset() - heardAt) < 2_000;

/** The server's time, as one of its answers has just said it. */
export function heardServer(moment: number): void {
  if (Number.isNaN(moment)) return;
  const ahead = moment - Date.now();
  // A second or two is the road, and how coarsely the time is said; a clock that is off is off by more.
  serverAhead.value = Math.abs(ahead) > 2_000 ? ahead : 0;
  heardAt = offset();
}

/** As when the app is opened: what was heard of the time is forgotten. */
export function forgetServerTime(): void {
  serverAhead.value = 0;
  heardAt = undefined;
}

/** What the server would say it is now: the device's own clock never decides order, sight or conflict. */
export const serverNow = (): Date => new Date(Date.now() + serverAhead.value);

/** The server's time, moved on every half minute while somebody looks: for what is of today, now-lines and "due in". */
export const tick = signal(Date.now());

const page = globalThis.document as Document | undefined;

const move = (): void => {
  if (page?.visibilityState !== 'hidden') tick.value = serverNow().getTime();
};

setInterval(move, 30_000);
page?.addEventListener('visibilitychange', move);
serverAhead.subscribe(move);
