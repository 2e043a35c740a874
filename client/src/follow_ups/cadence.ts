// When to follow up and why, as server/follow_ups/rules.py plans it. Both run tests/cases/cadence.json.
import type { Level, Outcome, Reason, TouchKind } from '../model';
import { atLocal, dayAfter, localDay, openings, type Calendar, type Span } from '../showrooms/hours';
import type { Policies } from '../showrooms/policies';

export const MORNING = '10:00';
const LOOK_AHEAD = 14;
const HOUR = 3_600_000;
/** Days until we call again after a drive, a visit, or when nobody answered. */
const SOON = 1;

/** The last touch, as far as the plan is concerned. `car` is what was driven. */
export interface Happened {
  kind: TouchKind;
  outcome: Outcome | null;
  /** ISO moment. */
  at: string;
  car?: string;
}

export interface Plan {
  dueAt: string;
  reason: Reason;
  facts: Record<string, unknown>;
}

export interface Terms {
  policies: Pick<Policies, 'cadence' | 'firstContactHours'>;
  calendar: Calendar;
}

/** The default next step: from what happened last, else from the level's cadence. Never in the past. */
export function nextPlan(level: Level, { now, last, policies, calendar }: { now: string; last: Happened | null } & Terms): Plan {
  const moment = Date.parse(now);
  if (!last) {
    const hours = policies.firstContactHours;
    return { dueAt: iso(withinHours(moment, hours, calendar)), reason: 'FIRST_CONTACT', facts: { hours } };
  }
  const every = policies.cadence[level] ?? policies.cadence.N ?? 3;
  const [reason, days] = reasonAfter(last, every);
  const on = localDay(Date.parse(last.at), calendar.timeZone);
  const due = Math.max(afterDays(Date.parse(last.at), days, calendar), withinHours(moment, 1, calendar));
  const facts = reason === 'CADENCE' ? { level, days: every, on } : { on, ...(last.car ? { car: last.car } : {}) };
  return { dueAt: iso(due), reason, facts };
}

/** In the morning of the local day `days` later, or of the next day on which the showroom is open. */
export function afterDays(moment: number, days: number, calendar: Calendar): number {
  const wanted = dayAfter(localDay(moment, calendar.timeZone), days);
  for (let n = 0; n < LOOK_AHEAD; n++) {
    const day = dayAfter(wanted, n);
    const spans = openings(day, calendar);
    if (spans.length) return inTheMorning(day, spans, calendar);
  }
  return atLocal(wanted, MORNING, calendar.timeZone);
}

/** In the morning of `day`, or of the next day on which the showroom is open. */
export function onDay(day: string, calendar: Calendar): number {
  return afterDays(atLocal(day, '12:00', calendar.timeZone), 0, calendar);
}

/** The last working moment at most `hours` later; where there is none, the first one after that. */
export function withinHours(moment: number, hours: number, calendar: Calendar): number {
  const latest = moment + hours * HOUR;
  const today = localDay(moment, calendar.timeZone);
  const spans = Array.from({ length: LOOK_AHEAD + 1 }, (_, n) => openings(dayAfter(today, n - 1), calendar)).flat();
  const inTime = spans.filter((span) => span.startsAt <= latest && span.endsAt > moment).map((span) => Math.min(span.endsAt, latest));
  if (inTime.length) return Math.max(...inTime);
  const later = spans.filter((span) => span.startsAt > latest).map((span) => span.startsAt);
  return later.length ? Math.min(...later) : latest;
}

/** To wake a sleeping lead on its day, or today when that has passed. */
export function revival(day: string, { now, calendar, facts = {} }: { now: string; calendar: Calendar; facts?: Record<string, unknown> }): Plan {
  const due = Math.max(onDay(day, calendar), withinHours(Date.parse(now), 1, calendar));
  return { dueAt: iso(due), reason: 'REVIVE', facts: { on: day, ...facts } };
}

function reasonAfter(last: Happened, every: number): [Reason, number] {
  if (last.kind === 'TEST_DRIVE') return ['AFTER_TEST_DRIVE', SOON];
  if (last.kind === 'VISIT') return ['AFTER_VISIT', Math.min(SOON, every)];
  if (last.outcome === 'NO_ANSWER') return ['NO_ANSWER', Math.min(SOON, every)];
  return ['CADENCE', every];
}

function inTheMorning(day: string, spans: Span[], calendar: Calendar): number {
  const morning = atLocal(day, MORNING, calendar.timeZone);
  if (spans.some((span) => span.startsAt <= morning && morning < span.endsAt)) return morning;
  return spans.find((span) => span.startsAt > morning)?.startsAt ?? spans[0]!.startsAt;
}

export const iso = (moment: number): string => new Date(moment).toISOString();
