import fc from 'fast-check';
import { expect, test } from 'vitest';

import { command, live } from './testing/history';

// More with HISTORIES=5000 before a change of the core is let in; a history takes some 80 ms.
const RUNS = Number(import.meta.env['HISTORIES'] ?? 120);

test(`${RUNS} random histories of taps, faults, crashes and people end with every promise kept`, { timeout: 600_000 }, async () => {
  const began = Date.now();
  const history = fc.array(command, { minLength: 1, maxLength: 16 });
  const details = await fc.check(fc.asyncProperty(history, live), { numRuns: RUNS, endOnFailure: false, interruptAfterTimeLimit: 500_000 });
  if (import.meta.env['HISTORIES']) console.log(`${details.numRuns} histories in ${Date.now() - began} ms`);
  expect(details.failed, `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`).toBe(false);
});
