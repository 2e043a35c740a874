// The showroom's hours as a board of minutes needs them. Moments are milliseconds, a day is "2026-11-22".
import { atLocal, dayAfter, localDay, openings, type Calendar, type Span } from '../showrooms/hours';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Minutes since the showroom's midnight, as its wall clock says. */
export function localMinutes(at: number, zone: string): number {
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  clocks.set(zone, clock);
  const [hours = 0, minutes = 0] = clock.format(at).split(':').map(Number);
  return hours * 60 + minutes;
}

/** The moment at which the wall clock shows these minutes. */
export const atMinutes = (day: string, minutes: number, zone: string): number =>
  atLocal(day, `${Math.floor(minutes / 60)}:${minutes % 60}`, zone);

/** Whether the whole span lies within one opening; that of the evening before may reach past midnight. */
export function isOpen(span: Span, calendar: Calendar): boolean {
  const today = localDay(span.startsAt, calendar.timeZone);
  const around = [dayAfter(today, -1), today].flatMap((day) => openings(day, calendar));
  return span.startsAt < span.endsAt && around.some(({ startsAt, endsAt }) => startsAt <= span.startsAt && span.endsAt <= endsAt);
}
