import { expect, test } from 'vitest';
import { newId } from './ids';

test('ids sort in the order of their making, thousands within a millisecond', () => {
  const made = Array.from({ length: 20_000 }, () => newId());
  expect([...made].sort()).toEqual(made);
  expect(new Set(made).size).toBe(made.length);
});

test('an id is a UUID of version 7 and tells its moment', () => {
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const moment = parseInt(id.replace('-', '').slice(0, 12), 16);
  expect(Math.abs(moment - Date.now())).toBeLessThan(60_000);
});
