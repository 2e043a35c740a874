// Slots of a demo car: mirrors server/drives/slots.py, and runs the same tests/cases/slots.json. The server's is the law.
import { dayAfter, localDay, openings, type Calendar, type Span } from '../showrooms/hours';
import { isOpen } from './hours';

const MINUTE = 60_000;
const STEP = 15 * MINUTE;
const SHORTEST = 15 * MINUTE;
const LONGEST = 240 * MINUTE;
const MOST_AHEAD = 180 * 24 * 60 * MINUTE;
/** A slot may have begun this long before: the couple already stands at the car. */
const JUST_NOW = 15 * MINUTE;

export interface House {
  calendar: Calendar;
  /** Milliseconds between two drivers. */
  buffer: number;
}

export type SlotFault = 'SLOT_INVALID' | 'IN_THE_PAST' | 'TOO_FAR_AHEAD' | 'OUTSIDE_OPENING_HOURS' | 'SLOT_TAKEN';

/** The drive that is in the way, with the buffer between two drivers. */
export function conflict<T extends Span>(slot: Span, taken: readonly T[], buffer: number): T | undefined {
  return [...taken]
    .sort((one, other) => one.startsAt - other.startsAt)
    .find((other) => slot.startsAt < other.endsAt + buffer && other.startsAt < slot.endsAt + buffer);
}

/** Why the server would refuse this slot, or null. */
export function fault(slot: Span, { house, taken, now }: { house: House; taken: readonly Span[]; now: number }): SlotFault | null {
  const length = slot.endsAt - slot.startsAt;
  if (!(length >= SHORTEST && length <= LONGEST)) return 'SLOT_INVALID';
  if (slot.startsAt < now - JUST_NOW) return 'IN_THE_PAST';
  if (slot.startsAt > now + MOST_AHEAD) return 'TOO_FAR_AHEAD';
  if (!isOpen(slot, house.calendar)) return 'OUTSIDE_OPENING_HOURS';
  return conflict(slot, taken, house.buffer) ? 'SLOT_TAKEN' : null;
}

export interface Wish {
  house: House;
  taken: readonly Span[];
  /** Milliseconds. */
  length: number;
  earliest: number;
}

/** Every free slot of the day, beginning each quarter of an hour from the opening. */
export function free(day: string, { house, taken, length, earliest }: Wish): Span[] {
  return openings(day, house.calendar)
    .flatMap((span) => slotsIn(span, length))
    .filter((slot) => slot.startsAt >= earliest && !conflict(slot, taken, house.buffer));
}

/** The free slots that begin closest to the wish, that day or the next two, in the order of the day. */
export function nearest(to: number, wish: Wish, count = 3): Span[] {
  const day = localDay(to, wish.house.calendar.timeZone);
  return [0, 1, 2]
    .flatMap((ahead) => free(dayAfter(day, ahead), wish))
    .sort((one, other) => Math.abs(one.startsAt - to) - Math.abs(other.startsAt - to) || one.startsAt - other.startsAt)
    .slice(0, count)
    .sort((one, other) => one.startsAt - other.startsAt);
}

function slotsIn({ startsAt, endsAt }: Span, length: number): Span[] {
  const slots: Span[] = [];
  for (let at = startsAt; at + length <= endsAt; at += STEP) slots.push({ startsAt: at, endsAt: at + length });
  return slots;
}
