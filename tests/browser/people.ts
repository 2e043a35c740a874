import { expect, type Browser, type Page } from '@playwright/test';
import type { Server } from './server.ts';

/** Of all log-ins of the demo that the stories use. */
export const PASSWORD = 'signal-willow-9447';

/** People of the demo: two of the floor of Harbour Volkswagen, the reception, their manager, the group's, and one of another showroom. */
export const MIA = 'sales1@harbour.example';
export const SIYUAN = 'sales2@harbour.example';
export const RECEPTION = 'reception@harbour.example';
export const GRACE = 'manager@harbour.example';
export const GROUP = 'group@harbour.example';
export const DALE = 'sales1@riverside.example';

/** Signs in, and waits until everything of the showroom is on the tablet. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/');
  const since = await page.evaluate(() => Date.now());
  await page.getByLabel(/^(E-mail|电子邮箱|邮箱)/).fill(email);
  await page.getByLabel(/^(Password|密码)/).fill(PASSWORD);
  await page.locator('form').getByRole('button').click();
  await expect(page.locator('.frame')).toBeVisible();
  await expect.poll(() => page.evaluate(lastSynced), { timeout: 30_000, intervals: [200] }).toBeGreaterThanOrEqual(since);
}

/** Nothing waits and nothing is refused: the dot says so. */
export async function hasEverything(page: Page): Promise<void> {
  await expect(page.locator('.sync--synced')).toBeVisible({ timeout: 30_000 });
}

/** When a pull was last finished and on the disk, by what the stores of this tablet say; 0 for never. */
export async function lastSynced(): Promise<number> {
  const asked = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
  const names = (await indexedDB.databases()).map(({ name }) => name!).filter((name) => name.startsWith('user-'));
  const moments = await Promise.all(names.map(async (name) => {
    const database = await asked(indexedDB.open(name));
    const kept = database.objectStoreNames.contains('meta') && await asked(database.transaction('meta').objectStore('meta').get('lastSyncedAt'));
    database.close();
    return kept ? kept.value as number : 0;
  }));
  return Math.max(0, ...moments);
}

/** The service worker has everything that the app needs to open with no network. */
export async function isInstalled(page: Page): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

/** A browser of its own, with a store of its own. */
export async function anotherTablet(browser: Browser, server: Server): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url, viewport: { width: 820, height: 1180 }, hasTouch: true, locale: 'en-GB', timezoneId: 'America/Los_Angeles',
  });
  return context.newPage();
}

/** Opens the app again, as a tap on its icon does. */
export async function reopen(page: Page): Promise<void> {
  await page.reload();
  await expect(page.locator('.frame')).toBeVisible();
}
