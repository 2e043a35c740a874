// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';

import { pauseAfter } from './patience';
import { watchWaking } from './waking';

afterEach(() => {
  vi.useRealTimers();
});

const many = (failures: number, retryAfter = 0): number[] => Array.from({ length: 400 }, () => pauseAfter(failures, retryAfter));

test('the pause grows with failures in a row, up to a minute, and no two tablets have the same', () => {
  for (const [failures, most] of [[1, 2_000], [2, 4_000], [3, 8_000], [6, 60_000], [50, 60_000]] as const) {
    const pauses = many(failures);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(most);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(most / 2);
    expect(new Set(pauses).size).toBeGreaterThan(390);
  }
});

test('what the server asked for is kept to, and those who were told the same come back apart', () => {
  const pauses = many(1, 20_000);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(20_000);
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(5_000);
});

test('a server that says when is not kept waiting for long, however often it has sent us away', () => {
  expect(Math.max(...many(6, 2_000))).toBeLessThanOrEqual(6_000);
});

test('a network that comes back is waited for a moment, and comes once; a person who looks does not wait', () => {
  vi.useFakeTimers();
  const woke = vi.fn();
  const stop = watchWaking(woke);
  for (let n = 0; n < 5; n += 1) window.dispatchEvent(new Event('online'));
  expect(woke).toHaveBeenCalledTimes(0);
  vi.advanceTimersByTime(2_000);
  expect(woke).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event('pageshow'));
  expect(woke).toHaveBeenCalledTimes(2);
  window.dispatchEvent(new Event('online'));
  stop();
  vi.advanceTimersByTime(10_000);
  expect(woke).toHaveBeenCalledTimes(2);
});
