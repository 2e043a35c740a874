import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { ownClock, undoIsOver } from './clock.ts';
import { firstCall, typeNumber } from './floor.ts';
import { GRACE, hasEverything, MIA, signIn, SIYUAN } from './people.ts';
import { expect, test } from './showroom.ts';

const PHONE = { width: 390, height: 844 };
const LYING = { width: 1180, height: 820 };

test('every screen of a salesperson has no serious fault for a screen reader, in light and dark, small and large', async ({ page }) => {
  test.slow();
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await look(page);
  await signIn(page, MIA);
  await eachScreen(page);
});

test('the desk and the empty screens of a manager have none', async ({ page }) => {
  await signIn(page, GRACE);
  for (const path of ['/desk', '/', '/refusals']) await lookAt(page, path);
});

test('nor have the screens in Chinese', async ({ page }) => {
  await signIn(page, SIYUAN);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  for (const path of ['/', '/visits/new', '/leads', '/drives', '/settings']) {
    await open(page, path);
    await judge(page);
  }
});

test('from the first key to a finished call without touching anything', async ({ page, context }) => {
  await ownClock(context);
  await signIn(page, MIA);
  await page.goto('/');
  await expect(page.getByRole('button', { name: /^Done with / }).first()).toBeVisible();
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(async () => {
    const nowhere = await page.evaluate(() => document.activeElement === document.body);
    await page.keyboard.press(nowhere ? 'Tab' : 'Shift+Tab');
    await expect(skip).toBeFocused({ timeout: 500 });
  }).toPass({ timeout: 15_000 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();

  const tick = firstCall(page).getByRole('button', { name: /^Done with / });
  await tabTo(page, tick);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Reached/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^No answer/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Done\. Next step: /)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await undoIsOver(page);
  await hasEverything(page);
});

async function eachScreen(page: Page): Promise<void> {
  await open(page, '/leads');
  const lead = (await page.getByRole('list', { name: 'Leads' }).getByRole('link').first().getAttribute('href'))!;
  for (const path of ['/', '/leads', lead, '/drives', '/settings']) await lookAt(page, path);
  await open(page, '/visits/new');
  await typeNumber(page, '0100');
  await look(page);
  await open(page, '/');
  await firstCall(page).getByRole('button', { name: /^Done with / }).click();
  await look(page);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('.frame__title')).not.toBeEmpty();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

async function lookAt(page: Page, path: string): Promise<void> {
  await open(page, path);
  await look(page);
}

/** Light on the phone, dark on the tablet lying; colours are the same in both sizes. */
async function look(page: Page): Promise<void> {
  for (const [colorScheme, size] of [['light', PHONE], ['dark', LYING]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(size);
    await judge(page);
  }
}

/** There is no frame in a frame here: legacy mode spares a page of its own for each look. */
async function judge(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const told = serious.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  expect.soft(told, new URL(page.url()).pathname).toEqual([]);
}

async function tabTo(page: Page, target: ReturnType<Page['getByRole']>): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Twenty presses of Tab did not reach it.');
}
