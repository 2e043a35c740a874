// Days, times, money, numbers and names, by Intl, in the language of the person and the zone of the showroom.
import { signal } from '@preact/signals';
import { language } from './translate';

/** IANA zone and ISO 4217 code of the showroom one acts for; set after sign-in. */
export const timeZone = signal('UTC');
export const currency = signal('USD');

export type Moment = Date | string | number;
export type DayStyle = 'short' | 'long' | 'weekday' | 'full' | 'month';

const timeStyle: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
const hourStyle: Intl.DateTimeFormatOptions = { hour: 'numeric' };
const dayStyles: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  short: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'short', day: 'numeric', month: 'short' },
  long: { weekday: 'long', day: 'numeric', month: 'long' },
  full: { day: 'numeric', month: 'long', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
};

const dayTimeStyle: Intl.DateTimeFormatOptions = { ...dayStyles.weekday, ...timeStyle };

/** An ISO day ("2026-11-22") is a day in the showroom; everything else an instant. */
export function formatDay(day: Moment, style: DayStyle = 'weekday'): string {
  return dates(dayStyles[style], isIsoDay(day) ? 'UTC' : timeZone.value).format(new Date(day));
}

export function formatTime(at: Moment): string {
  return dates(timeStyle, timeZone.value).format(new Date(at));
}

/** Minutes since midnight, as the drives board counts: 630 → "10:30". */
export function formatMinutes(minutes: number): string {
  return dates(timeStyle, 'UTC').format(new Date(minutes * 60_000));
}

/** The hour alone, for a scale: 540 → "9 AM", "09时". */
export function formatHour(minutes: number): string {
  return dates(hourStyle, 'UTC').format(new Date(minutes * 60_000));
}

export function formatDayTime(at: Moment): string {
  return dates(dayTimeStyle, timeZone.value).format(new Date(at));
}

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return numbers(options).format(value);
}

/** A share between 0 and 1. No denominator gives a dash, never 0 %. */
export function formatShare(share: number | null | undefined): string {
  return share == null || !Number.isFinite(share) ? '–' : numbers({ style: 'percent', maximumFractionDigits: 0 }).format(share);
}

/** `amount` is a decimal as a string or number; whole amounts are said without cents. */
export function formatMoney(amount: string | number, code: string = currency.value): string {
  const value = Number(amount);
  const digits = Number.isInteger(value) ? 0 : undefined;
  return numbers({ style: 'currency', currency: code, currencyDisplay: 'narrowSymbol', minimumFractionDigits: digits, maximumFractionDigits: digits ?? 2 }).format(value);
}

/** "today", "tomorrow", "in 3 days", "last Friday's" plain day beyond a week. */
export function formatRelativeDay(day: Moment, now: Moment): string {
  const distance = daysBetween(now, day);
  if (Math.abs(distance) > 7) return formatDay(day, 'short');
  return relative('auto').format(distance, 'day');
}

/** "4 min ago", "in 2 hours": for what happened or comes within a day; a day beyond that. */
export function formatAgo(at: Moment, now: Moment): string {
  const minutes = Math.round((new Date(at).getTime() - new Date(now).getTime()) / 60_000);
  if (Math.abs(minutes) < 60) return relative('auto', 'short').format(minutes, 'minute');
  if (Math.abs(minutes) < 24 * 60) return relative('auto', 'short').format(Math.trunc(minutes / 60), 'hour');
  return formatRelativeDay(at, now);
}

/** The showroom's calendar day of an instant, as "2026-11-22". */
export function dayOf(at: Moment): string {
  if (isIsoDay(at)) return at;
  const zone = timeZone.value;
  if (days.zone !== zone) days = { zone, format: new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }) };
  return days.format.format(new Date(at));
}

/** Asked for every row of every list: not even the key of a look-up is made for it. */
let days = { zone: '', format: new Intl.DateTimeFormat('en-CA') };

export function daysBetween(from: Moment, to: Moment): number {
  return Math.round((Date.parse(dayOf(to)) - Date.parse(dayOf(from))) / 86_400_000);
}

function isIsoDay(day: Moment): day is string {
  return typeof day === 'string' && day.length === 10;
}

const made = new Map<string, unknown>();

/** Intl objects are dear to make (0.1 ms on a tablet) and cheap to keep. */
function once<T>(kind: string, make: () => T): T {
  const key = `${language.value}|${kind}`;
  const known = made.get(key) as T | undefined;
  if (known) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

const dated = new WeakMap<Intl.DateTimeFormatOptions, Map<string, Intl.DateTimeFormat>>();

/** By the very object of the options: every row of every list comes by here, and a key made of words is dear. */
function dates(options: Intl.DateTimeFormatOptions, zone: string): Intl.DateTimeFormat {
  let known = dated.get(options);
  if (!known) dated.set(options, (known = new Map()));
  const key = language.value + zone;
  const one = known.get(key) ?? new Intl.DateTimeFormat(language.value, { ...options, timeZone: zone });
  known.set(key, one);
  return one;
}

function numbers(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return once(`number ${JSON.stringify(options)}`, () => new Intl.NumberFormat(language.value, options));
}

function relative(numeric: 'auto' | 'always', style: 'long' | 'short' = 'long'): Intl.RelativeTimeFormat {
  return once(`relative ${numeric} ${style}`, () => new Intl.RelativeTimeFormat(language.value, { numeric, style }));
}
