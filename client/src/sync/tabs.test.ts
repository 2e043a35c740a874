// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { Tabs, type Told } from './tabs';

/** Web Locks as browsers have them: a queue for each name, and stealing. */
class Locks {
  private readonly held = new Map<string, { lost(): void }>();
  private readonly queues = new Map<string, (() => void)[]>();

  request(name: string, { steal }: { steal?: boolean }, act: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        const holder = { lost: () => reject(new DOMException('stolen', 'AbortError')) };
        this.held.set(name, holder);
        void act().then(() => {
          resolve();
          if (this.held.get(name) !== holder) return;
          this.held.delete(name);
          this.queues.get(name)?.shift()?.();
        });
      };
      if (steal) {
        this.held.get(name)?.lost();
        begin();
      } else if (this.held.has(name)) this.queues.set(name, [...(this.queues.get(name) ?? []), begin]);
      else begin();
    });
  }
}

const tabs: Tabs[] = [];
const heard: Told[] = [];

function tab(): Tabs {
  const opened = new Tabs('ann', (told) => heard.push(told), () => undefined);
  tabs.push(opened);
  opened.open();
  return opened;
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
  vi.stubGlobal('navigator', { locks: new Locks() });
});

afterEach(() => {
  tabs.splice(0).forEach((one) => one.close());
  heard.length = 0;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const leading = (): boolean[] => tabs.map((one) => one.leading);
const seconds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 1_000);

describe('several tabs', () => {
  test('one leads; when it closes, another does', async () => {
    const first = tab();
    tab();
    tab();
    await seconds(30);
    expect(leading()).toEqual([true, false, false]);
    first.close();
    await seconds(1);
    expect(leading().filter(Boolean)).toHaveLength(1);
  });

  test('a leader that is frozen for long is replaced, and lines up again when it wakes', async () => {
    const frozen = tab();
    tab();
    await seconds(1);
    const beat = vi.spyOn(frozen as any, 'beat').mockReturnValue(undefined);
    clearInterval((frozen as any).timer);
    await seconds(20);
    expect(leading()).toEqual([false, true]);
    beat.mockRestore();
    tabs[1]!.close();
    await seconds(5);
    expect(frozen.leading).toBe(true);
  });

  test('without locks each tab works by itself', async () => {
    vi.stubGlobal('navigator', {});
    expect(tab().leading).toBe(true);
  });
});
