/** How long a tablet waits before it asks again. A thousand of them must not ask in the same moment. */

const MOST_MS = 60_000;
/** The network is there again for everybody in the house at once. */
const TOGETHER_MS = 2_000;
/** A poke goes to everybody who sees the showroom. */
const POKED_MS = 250;

/** A part of `ms`, of half of it and more: those who failed together come back apart. */
const about = (ms: number): number => ms * (0.5 + Math.random() / 2);

/**
 * After so many failures in a row, in milliseconds: 2 s, 4 s, 8 s … up to a minute, and never before the server asked
 * to be asked again, which it has told to all of them.
 */
export const pauseAfter = (failures: number, retryAfter = 0): number =>
  Math.max(about(Math.min(MOST_MS, 1_000 * 2 ** Math.min(failures, 6))), retryAfter > 0 ? retryAfter * (1 + Math.random() / 2) : 0);

/** After the network came back. A person who looks at the tablet does not wait: that is another event. */
export const pauseOnline = (): number => Math.random() * TOGETHER_MS;

/** After a poke: short enough that nobody sees it. */
export const pausePoked = (): number => Math.random() * POKED_MS;
