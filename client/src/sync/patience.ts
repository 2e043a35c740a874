/** How long a tablet waits before it asks again. A thousand of them must not ask in the same moment. */

const MOST_MS = 60_000;
/** The network is there again for everybody in the house at once. */
const TOGETHER_MS = 2_000;
/** A poke goes to everybody who sees the showroom. */
const POKED_MS = 250;
/** How many times as long as the server asked. */
const LONGER = 3;

/** A part of `ms`, of half of it and more: those who failed together come back apart. */
const about = (ms: number): number => ms * (0.5 + Math.random() / 2);

/**
 * After so many failures in a row, in milliseconds: 2 s, 4 s, 8 s … up to a minute. A server that says when to come is
 * kept to, and not kept waiting for much longer: it remembers who was sent away, and would stand idle meanwhile.
 */
export function pauseAfter(failures: number, retryAfter = 0): number {
  const own = about(Math.min(MOST_MS, 1_000 * 2 ** Math.min(failures, 6)));
  if (retryAfter <= 0) return own;
  return Math.max(retryAfter * (1 + Math.random() / 2), Math.min(own, LONGER * retryAfter));
}

/** After the network came back. A person who looks at the tablet does not wait: that is another event. */
export const pauseOnline = (): number => Math.random() * TOGETHER_MS;

/** After a poke: short enough that nobody sees it. */
export const pausePoked = (): number => Math.random() * POKED_MS;
