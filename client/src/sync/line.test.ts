import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { Line } from './line';

interface Call {
  next(): void;
  error(why: unknown): void;
  complete(): void;
  connected(): void;
  at: number;
}

const calls: Call[] = [];
let looks = 0;
let line: Line;

/** graphql-ws's client, as far as the line sees it: no socket is opened. */
const connectTo: any = (options: { on: { connected(): void } }) => ({
  subscribe(_payload: unknown, sink: Call) {
    calls.push({ ...sink, connected: options.on.connected, at: Date.now() });
    return () => undefined;
  },
  dispose: () => undefined,
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', { protocol: 'https:', host: 'here' });
  calls.length = 0;
  looks = 0;
  line = new Line('a-store', () => (looks += 1), connectTo);
  line.open();
});

afterEach(() => {
  line.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const minutes = (count: number): void => void vi.advanceTimersByTime(count * 60_000);

describe('the line for news', () => {
  test('a poke is a look, and without any poke it looks at least once a minute', () => {
    calls[0]!.next();
    vi.advanceTimersByTime(250);
    expect(looks).toBe(1);
    minutes(10);
    expect(looks).toBeGreaterThanOrEqual(11);
    expect(looks).toBeLessThanOrEqual(21);
  });

  test('a storm of pokes is a look now and then, and the last one is not lost', () => {
    for (let n = 0; n < 100; n += 1) {
      calls[0]!.next();
      vi.advanceTimersByTime(10);
    }
    const during = looks;
    expect(during).toBeLessThanOrEqual(50);
    calls[0]!.next();
    vi.advanceTimersByTime(250);
    expect(looks).toBeGreaterThan(during);
  });

  test('a poke that comes after the line was closed is no look', () => {
    calls[0]!.next();
    line.close();
    minutes(5);
    expect(looks).toBe(0);
  });

  test('sockets that connect and fall at once make no storm', () => {
    for (let n = 0; n < 600; n += 1) {
      const last = calls.at(-1)!;
      last.connected();
      last.error({ code: 1006 });
      vi.advanceTimersByTime(1_000);
    }
    expect(calls.length).toBeLessThan(45);
  });

  test('one that lived for a while is tried again soon', () => {
    for (let n = 0; n < 6; n += 1) {
      calls.at(-1)!.error({ code: 1006 });
      minutes(1.1);
    }
    const last = calls.at(-1)!;
    last.connected();
    minutes(5);
    last.error({ code: 1012 });
    const count = calls.length;
    vi.advanceTimersByTime(6_500);
    expect(calls.length).toBe(count + 1);
  });

  test('a restart of the server does not bring all tablets back in the same second', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.99);
    calls[0]!.error({ code: 1012 });
    vi.advanceTimersByTime(4_000);
    expect(calls).toHaveLength(1);
    vi.advanceTimersByTime(3_000);
    expect(calls).toHaveLength(2);
  });

  test.each([4401, 4403])('closed with %i it asks by a request, and rests until somebody is welcome again', (code) => {
    calls[0]!.error({ code });
    expect(looks).toBe(1);
    minutes(30);
    expect(calls).toHaveLength(1);
    line.welcomed();
    minutes(2);
    expect(calls).toHaveLength(2);
  });

  test('closed, it does nothing any more', () => {
    line.close();
    minutes(5);
    calls[0]!.error({ code: 1006 });
    minutes(5);
    expect([calls.length, looks]).toEqual([1, 0]);
  });
});
