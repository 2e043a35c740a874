import { isServerTimeKnown, serverAhead, serverNow } from '../clock';
import type { Entry } from './entry';

/** What was known of the time when somebody tapped, in milliseconds. */
export interface TapClock {
  /** By how much the server's clock was taken to be ahead. */
  ahead: number;
  /** The latest time that the server had said: no tap after that was before it. */
  seen: number;
}

/** A tap's time as it is sent, said by the clock of this device as far as that is to be trusted. */
export const tappedAt = (seen: number): string => new Date(Math.max(serverNow().getTime(), seen)).toISOString();

/**
 * The entry with the time of its tap set right by what the server has said since: the clock of this device may be days
 * off, and nobody had told it. Before the first sending only; what was sent is sent again as it was.
 */
export function inServerTime(entry: Entry): Entry {
  const { clock } = entry;
  if (!clock || entry.attempts > 0 || !isServerTimeKnown()) return entry;
  const off = serverAhead.peek() - clock.ahead;
  // All taps under one clock are moved, or none is: else an earlier one could come to lie after a later one.
  const tapped = Date.parse(entry.at) + (Math.abs(off) > 2_000 ? off : 0);
  const possible = Math.min(Math.max(tapped, clock.seen), serverNow().getTime());
  return { ...entry, at: new Date(possible).toISOString() };
}
