import { signal } from '@preact/signals';

/** Milliseconds that the server's clock is ahead of this device's, as its last answer said. */
export const serverAhead = signal(0);

/** Whether the server has said so since the app was opened: a device's clock may have been set since it was last asked. */
export const serverHeard = signal(false);

/** The server's time, as one of its answers has just said it. */
export function heardServer(moment: number): void {
  if (Number.isNaN(moment)) return;
  const ahead = moment - Date.now();
  // A second or two is the road, and how coarsely the time is said; a clock that is off is off by more.
  serverAhead.value = Math.abs(ahead) > 2_000 ? ahead : 0;
  serverHeard.value = true;
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
