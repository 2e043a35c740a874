import { expect, test } from 'vitest';
import { harbour, lead, step } from './pretend';
import { proposal, stepOf, type Asked } from './proposals';

const asked = (part: Partial<Asked> = {}): Asked => ({ outcome: 'REACHED', lead, followUp: step, others: [], showroom: harbour, now: '2026-11-20T09:00:00.000Z', day: null, ...part });

test('reached: by the level, and the server plans it and says why', () => {
  const proposed = proposal(asked());
  expect(proposed).toEqual({ kind: 'CALL', dueAt: '2026-11-23T10:00:00.000Z', send: false });
  expect(stepOf(proposed, 'x')).toBeUndefined();
});

test('a chip that was chosen is sent', () => {
  const proposed = proposal(asked({ day: '2026-11-27' }));
  expect(stepOf(proposed, 'x')).toEqual({ followUpId: 'x', dueAt: '2026-11-27T10:00:00.000Z', kind: 'CALL' });
});

test('will come in: a visit tomorrow', () => {
  expect(proposal(asked({ outcome: 'WILL_COME_IN' }))).toEqual({ kind: 'APPOINTMENT', dueAt: '2026-11-21T10:00:00.000Z', send: true });
});

test('not now: asleep as long as the showroom nurtures', () => {
  expect(proposal(asked({ outcome: 'NOT_NOW' }))).toMatchObject({ reviveOn: '2027-02-18', send: true });
  expect(proposal(asked({ outcome: 'NOT_NOW', showroom: { ...harbour, policies: { cadence: { NURTURE: 60 } } } }))).toMatchObject({ reviveOn: '2027-01-19' });
});

test('where something else is planned already, that is the next step', () => {
  expect(proposal(asked({ others: [{ kind: 'APPOINTMENT', dueAt: '2026-11-22T14:00:00.000Z' }] }))).toEqual({ kind: 'APPOINTMENT', dueAt: '2026-11-22T14:00:00.000Z', send: false });
});

test('after an order nobody plans by itself, so it is sent', () => {
  expect(proposal(asked({ lead: { level: 'O', status: 'WON' } }))).toMatchObject({ dueAt: '2026-11-23T10:00:00.000Z', send: true });
});
