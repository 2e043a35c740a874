import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { forgetServerTime, serverAhead } from '../clock';
import { newId } from '../ids';
import { FakeServer } from './testing/fake_server';
import { freshDisk, Tablet } from './testing/tablet';
import { openCustomer } from './testing/verbs';

// I21: the client's clock decides nothing. An honest capture under a wrong clock is neither refused nor typed again.

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MIDDAY = Date.parse('2026-11-20T12:00:00.000Z');

let server: FakeServer;
let tablet: Tablet;

/** The device's clock says so; the server's goes on as it was. */
function deviceSays(moment: number): void {
  const truth = server.now();
  vi.setSystemTime(moment);
  server.ahead = truth - moment;
}

/** Closed and opened again: what it had heard of the time is as old as the disk. */
async function opensAgain(): Promise<void> {
  forgetServerTime();
  await tablet.restart();
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDDAY });
  forgetServerTime();
  freshDisk();
  server = new FakeServer();
  tablet = await Tablet.opened(server);
});

afterEach(() => {
  forgetServerTime();
  vi.useRealTimers();
});

const happened = (): number[] =>
  Object.values(server.state.receipts).map((one) => Date.parse(JSON.parse(one.body)[1].happenedAt) - MIDDAY);
const applied = (): string[] => Object.values(server.state.receipts).map((one) => one.outcome);

async function taps(): Promise<void> {
  await tablet.taps(openCustomer, { id: newId(), name: '王' });
}

describe('a clock that is wrong', () => {
  test.each([
    ['two days ahead', 2 * DAY],
    ['a day behind', -DAY],
    ['an hour ahead', HOUR],
  ])('%s, and nobody had told it: what is captured offline arrives with the time of its tap', async (_name, off) => {
    deviceSays(MIDDAY + off);
    await taps();
    deviceSays(Date.now() + 3 * HOUR);
    server.ahead = -off;
    await tablet.syncs();
    expect(applied()).toEqual(['APPLIED']);
    expect(Math.abs(happened()[0]!)).toBeLessThan(2_000);
  });

  test('set while the app is open: the server is asked for the time before the first word is sent', async () => {
    await tablet.syncs();
    deviceSays(MIDDAY + DAY);
    await taps();
    await tablet.syncs();
    expect(applied()).toEqual(['APPLIED']);
    expect(Math.abs(happened()[0]!)).toBeLessThan(2_000);
  });

  test('set right in the tunnel, between the tap and the light: the time lies between the server’s last word and now', async () => {
    await tablet.syncs();
    deviceSays(MIDDAY + 2 * DAY);
    await taps();
    deviceSays(MIDDAY);
    vi.setSystemTime(MIDDAY + HOUR);
    await tablet.syncs();
    expect(applied()).toEqual(['APPLIED']);
    expect(happened()[0]).toBeGreaterThanOrEqual(0);
    expect(happened()[0]).toBeLessThanOrEqual(HOUR);
  });

  test('two taps within a second stay in their order when the clock is set a moment later', async () => {
    await tablet.syncs();
    for (const moment of [1_500, 2_500]) {
      vi.setSystemTime(MIDDAY + moment);
      await taps();
    }
    deviceSays(MIDDAY + 9_000);
    await opensAgain();
    await tablet.syncs();
    expect(happened()).toHaveLength(2);
    expect(happened()).toEqual(happened().toSorted((one, other) => one - other));
  });

  test('back in 1970 after its battery was empty: no tap is older than what the server had said before', async () => {
    await tablet.syncs();
    deviceSays(DAY);
    await opensAgain();
    await taps();
    expect(Date.parse(tablet.acknowledged[0]!.at)).toBeGreaterThanOrEqual(MIDDAY);
    await tablet.syncs();
    expect(applied()).toEqual(['APPLIED']);
  });

  test('what the server said of the clock is known after a restart with no network, and forgotten when it is said anew', async () => {
    deviceSays(MIDDAY + 2 * DAY);
    await tablet.syncs();
    await opensAgain();
    await taps();
    expect(Math.abs(Date.parse(tablet.acknowledged[0]!.at) - MIDDAY)).toBeLessThan(2_000);
    deviceSays(MIDDAY);
    await tablet.syncs();
    expect(serverAhead.value).toBe(0);
    expect(Math.abs(happened()[0]!)).toBeLessThan(2_000);
  });

  test('what was sent is sent again as it was: the same words get the same verdict', async () => {
    await taps();
    await tablet.syncs('none', 'none', 'answerLost');
    deviceSays(MIDDAY + 5 * DAY);
    await opensAgain();
    await tablet.syncs();
    expect(applied()).toEqual(['APPLIED']);
    expect(tablet.engine.tray.value).toEqual([]);
  });
});

describe('a device that comes back after 200 days', () => {
  test('applies nothing of then by itself: it lies before the person with all that was typed, and goes with one tap', async () => {
    await tablet.syncs();
    await taps();
    const refused = tablet.acknowledged[0]!;
    vi.setSystemTime(MIDDAY + 200 * DAY);
    server.views[tablet.personId] = 7;
    await opensAgain();
    await tablet.syncs();
    expect(applied()).toEqual(['REFUSED']);
    expect(tablet.engine.tray.value).toMatchObject([{ variables: { name: '王' }, problems: [{ code: 'TOO_LONG_AGO' }] }]);
    await tablet.taps(openCustomer, refused.variables as never, { replaces: refused.clientMutationId });
    await tablet.syncs();
    expect(applied()).toEqual(['REFUSED', 'APPLIED']);
    expect(tablet.engine.state()).toEqual(server.visibleTo(tablet.personId));
  });
});
