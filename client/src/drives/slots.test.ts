import { expect, test } from 'vitest';
import table from '../../../tests/cases/slots.json';
import type { Calendar } from '../showrooms/hours';
import { localMinutes } from './hours';
import { fault, nearest, type House } from './slots';

interface Asked {
  startsAt: string;
  endsAt: string;
}

interface Case {
  name: string;
  openingHours: Calendar['openingHours'];
  timeZone: string;
  bufferMinutes: number;
  now: string;
  bookings: Asked[];
  ask: Asked;
  expect: string;
  nearest?: string[];
}

const cases = table as unknown as Case[];
const spanOf = ({ startsAt, endsAt }: Asked) => ({ startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) });

function given({ openingHours, timeZone, bufferMinutes, bookings, now }: Case) {
  const house: House = { calendar: { openingHours, timeZone }, buffer: bufferMinutes * 60_000 };
  return { house, taken: bookings.map(spanOf), now: Date.parse(now) };
}

test.each(cases.map((row) => [row.name, row] as const))('the tablet judges as the server does: %s', (_, row) => {
  expect(fault(spanOf(row.ask), given(row)) ?? 'FREE').toBe(row.expect);
});

test.each(cases.filter((row) => row.nearest).map((row) => [row.name, row] as const))('the nearest free slots are the server\'s: %s', (_, row) => {
  const ask = spanOf(row.ask);
  const { house, taken, now } = given(row);
  const found = nearest(ask.startsAt, { house, taken, length: ask.endsAt - ask.startsAt, earliest: now });
  expect(found.map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual(row.nearest);
});

test('the minutes of the board are the showroom\'s, not the tablet\'s', () => {
  expect(localMinutes(Date.parse('2026-11-22T17:05:00Z'), 'Asia/Shanghai')).toBe(65);
});
