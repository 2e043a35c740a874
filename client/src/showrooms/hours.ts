// Opening hours and days in a showroom's own time zone, as server/showrooms/hours.py reckons them. Moments are in ms.

/** When a showroom works: `{"mon": [["09:00", "18:00"]], …}`, a day that is absent is closed. */
export interface Calendar {
  openingHours: Record<string, [string, string][]>;
  timeZone: string;
}

export interface Span {
  startsAt: number;
  endsAt: number;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
export const DAY = 86_400_000;

/** The day on the wall calendar at `moment`, as "2026-11-22". */
export function localDay(moment: number, timeZone: string): string {
  return wall(moment, timeZone).slice(0, 10);
}

/** The moment at which the wall clock says `time` ("HH:MM", up to "24:00") on `day`; of two such moments the first. */
export function atLocal(day: string, time: string, timeZone: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  const asIfUtc = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  const before = offset(asIfUtc - DAY, timeZone);
  const after = offset(asIfUtc + DAY, timeZone);
  const early = asIfUtc - before;
  if (before === after || offset(early, timeZone) === before) return early;
  const late = asIfUtc - after;
  return offset(late, timeZone) === after ? late : early;
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** When it is open on `day`, earliest first; empty when it is closed. */
export function openings(day: string, { openingHours, timeZone }: Calendar): Span[] {
  const hours = openingHours[DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()]!] ?? [];
  return [...hours].sort().map(([opens, closes]) => ({
    startsAt: atLocal(day, opens, timeZone),
    endsAt: atLocal(closes > opens ? day : dayAfter(day, 1), closes, timeZone),
  }));
}

function offset(moment: number, timeZone: string): number {
  return Date.parse(`${wall(moment, timeZone)}Z`) - Math.floor(moment / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** "2026-11-22T14:05:00" on the showroom's wall. */
function wall(moment: number, timeZone: string): string {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' });
  clocks.set(timeZone, clock);
  return clock.format(moment).replace(' ', 'T');
}
