import { expect, test } from 'vitest';
import cases from '../../../tests/cases/cadence.json';
import type { Level } from '../model';
import { defaults } from '../showrooms/policies';
import { nextPlan, type Happened } from './cadence';

test.each(cases)('$name', ({ openingHours, timeZone, cadence, firstContactHours, level, now, last, due, reason }) => {
  const plan = nextPlan(level as Level, {
    now, last: last as Happened | null,
    policies: { cadence: { ...defaults.cadence, ...cadence }, firstContactHours },
    calendar: { openingHours: openingHours as unknown as Record<string, [string, string][]>, timeZone },
  });
  expect([plan.dueAt, plan.reason]).toEqual([due, reason]);
});
