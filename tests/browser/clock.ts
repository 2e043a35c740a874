// The tablet's clock, which is not the world's.
import type { BrowserContext, Page } from '@playwright/test';

export const DAYS = 86_400_000;

/** All pages of this tablet show a time that is `ahead` milliseconds off, from their first line of code on. */
export async function ownClock(context: BrowserContext, { ahead = 0 } = {}): Promise<void> {
  await context.addInitScript((off) => {
    const World = Date;
    let kept: string | null = null;
    try {
      kept = localStorage.getItem('clock');
    } catch {
      return; // about:blank
    }
    let now = Number(kept ?? off);
    addEventListener('storage', ({ key, newValue }) => key === 'clock' && (now = Number(newValue)));
    addEventListener('clock', (event) => localStorage.setItem('clock', String((now += (event as CustomEvent<number>).detail))));
    const read = (): number => World.now() + now;
    globalThis.Date = new Proxy(World, {
      construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [read()], made) as object,
      apply: () => new World(read()).toString(),
      get: (target, key) => (key === 'now' ? read : Reflect.get(target, key)),
    });
  }, ahead);
}

/** Time passes, or the clock jumps, for every tab of the tablet. */
export const moveClock = (page: Page, by: number): Promise<void> =>
  page.evaluate((detail) => void dispatchEvent(new CustomEvent('clock', { detail })), by);

/** The six seconds in which a tap may be undone are over, and the app looks. The tablet has a clock of its own. */
export async function undoIsOver(page: Page): Promise<void> {
  await moveClock(page, 6_200);
  await look(page);
}

/** What the browser says when a network has come back: the app looks whether that is so. */
export const look = (page: Page): Promise<void> => page.evaluate(() => void dispatchEvent(new Event('online')));
