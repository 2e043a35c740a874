import fc from 'fast-check';
import Dexie from 'dexie';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { Cache } from './cache';
import { UserDatabase } from './database';
import { Engine } from './engine';
import { Outbox } from './outbox';
import * as receipts from './receipts';
import * as tapping from './tapping';
import { command, live, type Command } from './testing/history';
import { Tablet } from './testing/tablet';
import { Truth } from './truth';

// The test of the tests: each bug that others have shipped is planted, and the histories must name what it breaks.

type Any = any;

/** The message with which the first broken history ends, among so many. */
async function found(within: number, history = fc.array(command, { minLength: 6, maxLength: 16 })): Promise<string> {
  const details = await fc.check(fc.asyncProperty(history, live), { numRuns: within, endOnFailure: true, seed: 7 });
  return details.failed ? String(details.errorInstance) : 'nothing was found';
}

describe('a planted bug is found, and named', { timeout: 180_000 }, () => {
  beforeEach(() => vi.spyOn(console, 'warn').mockReturnValue(undefined));
  afterEach(() => vi.restoreAllMocks());

  test('settling on the answer to the push: the own row vanishes until the pull', async () => {
    const honest = (Outbox.prototype as Any).hear;
    vi.spyOn(Outbox.prototype as Any, 'hear').mockImplementation(async function (this: Any, said: Any, most: Any) {
      await honest.call(this, said, most);
      const entry = await this.database.outbox.get({ clientMutationId: said.clientMutationId });
      if (entry) await this.database.outbox.delete(entry.clientSeq);
    });
    const history: Command[] = [
      { do: 'customer', who: 0, phone: 4, hold: false },
      { do: 'sync', who: 0, faults: ['none', 'none', 'none', 'dropped'] },
    ];
    await expect(live(history)).rejects.toThrow('I16');
  });

  test('dropping what was refused: it is not in the tray', async () => {
    const tray = vi.spyOn(UserDatabase.prototype, 'open').mockImplementation(async function (this: UserDatabase) {
      const opened = await Dexie.prototype.open.call(this);
      vi.spyOn(this.tray, 'put').mockResolvedValue('' as never);
      return opened as Any;
    } as Any);
    expect(await found(40)).toContain('I1 refused means in the tray');
    expect(tray).toHaveBeenCalled();
  });

  test('storing the cursor before its rows: a crash between them loses rows', async () => {
    vi.spyOn(Cache.prototype, 'putChanges').mockImplementation(async function (this: Cache, rows: Any, removed: Any, since, cursor) {
      const { delta, meta } = this.database;
      if ((await meta.get('cursor'))?.value !== since) return false;
      await meta.put({ key: 'cursor', value: cursor });
      const put = Object.entries(rows).flatMap(([collection, some]: Any) => some.map((row: Any) => ({ collection, id: row.id, row })));
      const gone = Object.entries(removed).flatMap(([collection, some]: Any) => some.map(({ id }: Any) => ({ collection, id, row: null })));
      await delta.bulkPut([...put, ...gone]);
      return true;
    });
    const told: string[] = [];
    for (let nth = 1; nth <= 20; nth += 1) {
      const history: Command[] = [
        { do: 'sync', who: 0, faults: [] },
        { do: 'book', who: 2, slot: 0 },
        { do: 'sync', who: 2, faults: [] },
        { do: 'crash', who: 0, nth, tap: false },
      ];
      await live(history).catch((error: unknown) => told.push(String(error)));
    }
    expect(told.join()).toMatch(/I11|I13/);
  });

  test('a sign-out that wipes: what was not sent is gone', async () => {
    vi.spyOn(Tablet.prototype, 'leaves').mockImplementation(async function (this: Tablet) {
      this.engine.close();
      await Dexie.delete(`user-${this.personId}`);
      return 0;
    });
    expect(await found(60)).toContain('I1 nothing is lost');
  });

  test('a new id for every sending: an answer that is lost makes it take effect twice', async () => {
    const honest = Outbox.prototype.take;
    vi.spyOn(Outbox.prototype, 'take').mockImplementation(async function (this: Outbox, most) {
      const taken = await honest.call(this, most);
      for (const entry of taken.filter((one) => one.attempts > 1)) {
        entry.clientMutationId = entry.clientMutationId.replace(/.{4}$/, String(1000 + entry.attempts));
        await (this as Any).database.outbox.put(entry);
      }
      return taken;
    });
    expect(await found(60)).toMatch(/I1|I2|I11|drained/);
  });

  test('no rebase: what waits is not replayed after a pull', async () => {
    const honest = (Engine.prototype as Any).apply;
    vi.spyOn(Engine.prototype as Any, 'apply').mockImplementation(function (this: Any, pages: Any) {
      const kept = this.entries;
      this.entries = [];
      honest.call(this, pages);
      this.entries = kept;
    });
    expect(await found(60)).toContain('I16');
  });

  test('settling before the result is there: a pull that breaks off leaves neither entry nor row', async () => {
    const honest = (Engine.prototype as Any).arrived;
    vi.spyOn(Engine.prototype as Any, 'arrived').mockImplementation(function (this: Any, pages: Any) {
      return honest.call(this, pages.map((page: Any) => ({ ...page, processedThrough: 1 })));
    });
    const busy = Array.from({ length: 4 }, (): Command => ({ do: 'customer', who: 2, phone: 4, hold: false }));
    const history: Command[] = [
      { do: 'sync', who: 0, faults: [] },
      ...busy,
      { do: 'sync', who: 2, faults: [] },
      { do: 'customer', who: 0, phone: 4, hold: false },
      { do: 'sync', who: 0, faults: ['none', 'none', 'dropped'] },
    ];
    await expect(live(history)).rejects.toThrow('I16');
  });

  test('a reassignment without its removal: a row stays that the person may not see', async () => {
    const honest = Truth.prototype.apply;
    vi.spyOn(Truth.prototype, 'apply').mockImplementation(function (this: Truth, rows) {
      return honest.call(this, rows);
    });
    const history: Command[] = [
      { do: 'customer', who: 0, phone: 4, hold: false },
      { do: 'sync', who: 0, faults: [] },
      { do: 'reassign', nth: 0, to: 2 },
    ];
    await expect(live(history)).rejects.toThrow(/I11|I12/);
  });

  test('letting go of what is settled: a server that is restored has lost it for good', async () => {
    vi.spyOn(receipts, 'keep').mockResolvedValue();
    const history: Command[] = [
      { do: 'backup' },
      { do: 'customer', who: 0, phone: 4, hold: false },
      { do: 'sync', who: 0, faults: [] },
      { do: 'restore' },
    ];
    await expect(live(history)).rejects.toThrow('I1 nothing is lost');
  });

  test('the clock of the device taken at its word: an honest tap is refused', async () => {
    vi.spyOn(tapping, 'inServerTime').mockImplementation((entry) => entry);
    const history: Command[] = [
      { do: 'sync', who: 0, faults: [] },
      { do: 'clock', hours: 48 },
      { do: 'customer', who: 0, phone: 4, hold: false },
      { do: 'sync', who: 0, faults: [] },
    ];
    await expect(live(history)).rejects.toThrow('I21');
  });
});
