import fc from 'fast-check';
import { expect, test } from 'vitest';

import { command, live } from './testing/history';

const RUNS = Number(import.meta.env['HISTORIES'] ?? 300);

test(`${RUNS} random histories of taps, faults, crashes and people end with every promise kept`, { timeout: 600_000 }, async () => {
  const began = Date.now();
  const history = fc.array(command, { minLength: 1, maxLength: 16 });
  const details = await fc.check(fc.asyncProperty(history, live), { numRuns: RUNS, endOnFailure: false, interruptAfterTimeLimit: 500_000 });
  if (import.meta.env['HISTORIES']) console.log(`${details.numRuns} histories in ${Date.now() - began} ms`);
  expect(details.failed, `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`).toBe(false);
});
