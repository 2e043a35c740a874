import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { bookFor, goTo, openGap, typeNumber } from './floor.ts';
import { anotherTablet, GRACE, isInstalled, MIA, signIn } from './people.ts';
import { ROOT, type Server } from './server.ts';
import { expect, test } from './showroom.ts';

const FOLDER = join(ROOT, 'screenshots');
const SIZES = { phone: [390, 844], upright: [820, 1180], lying: [1180, 820] } as const;
const LANGUAGES = { en: 'English', zh: '中文' } as const;
const THEMES = ['light', 'dark'] as const;

type Language = keyof typeof LANGUAGES;
type Shots = Map<string, string[]>;

test('every screen in three sizes, both languages and both themes', async ({ page, browser, server }) => {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const shots: Shots = new Map();
  await page.goto('/');
  for (const language of ['zh', 'en'] as const) {
    await page.getByRole('radio', { name: LANGUAGES[language] }).click();
    await take(page, { screen: 'sign-in', language, shots });
  }
  await signIn(page, MIA);
  await isInstalled(page);
  await haveRefusals(page, { browser, server });
  const manager = await anotherTablet(browser, server);
  await signIn(manager, GRACE);
  for (const language of ['en', 'zh'] as const) {
    await ofSalesperson(page, { language, shots });
    await ofManager(manager, { language, shots });
  }
  for (const [screen, files] of shots) await contactSheet(page, screen, files);
});

async function ofSalesperson(page: Page, { language, shots }: { language: Language; shots: Shots }): Promise<void> {
  const shoot = (screen: string) => take(page, { screen, language, shots });
  await speak(page, language);
  await shoot('settings');
  await go(page, '/');
  await shoot('today');
  await page.locator('.tick').first().click();
  await shoot('today-sheet-outcome');
  await go(page, '/visits/new');
  await shoot('visit');
  await press(page, '0100');
  await shoot('visit-matches');
  await press(page, '', { clear: 4 });
  await go(page, '/leads');
  await shoot('leads');
  const lead = await page.locator('.leads a.row__link').nth(2).getAttribute('href');
  await go(page, lead!);
  await shoot('lead');
  await go(page, '/drives');
  await page.locator('.drives__day .icon-button').last().click();
  await shoot('drives');
  await page.locator('.drives__head .button--main').click();
  await shoot('drives-sheet-book');
  await go(page, '/refusals');
  await shoot('refusals');
  await go(page, '/');
  await page.locator('.frame__tools [aria-haspopup=dialog]').click();
  await shoot('menu');
  await page.context().setOffline(true);
  await go(page, '/leads?q=%E6%B2%A1%E6%9C%89');
  await shoot('leads-none-offline');
  await go(page, '/visits/new');
  await page.locator('.visit__buttons .button').first().click();
  await shoot('visit-offline-waiting');
  await page.context().setOffline(false);
}

async function ofManager(page: Page, { language, shots }: { language: Language; shots: Shots }): Promise<void> {
  const shoot = (screen: string) => take(page, { screen, language, shots });
  await speak(page, language);
  await go(page, '/desk');
  await shoot('desk');
  await go(page, '/');
  await goTo(page, 'Today').catch(() => undefined);
  await shoot('today-empty');
  await go(page, '/refusals');
  await shoot('refusals-empty');
}

async function speak(page: Page, language: Language): Promise<void> {
  await go(page, '/settings');
  await page.getByRole('radio', { name: LANGUAGES[language] }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', language === 'en' ? 'en' : 'zh-CN');
}

/** A booking that came too late and a number that is none. */
async function haveRefusals(page: Page, { browser, server }: { browser: Browser; server: Server }): Promise<void> {
  const rival = await anotherTablet(browser, server);
  await signIn(rival, GRACE);
  await page.context().setOffline(true);
  await openGap(page, { at: '3:00 PM' });
  await bookFor(page, 'Atlas');
  await openGap(rival, { at: '3:00 PM' });
  await bookFor(rival, 'Taos');
  await expect(rival.locator('.sync--synced')).toBeVisible({ timeout: 20_000 });
  await goTo(page, 'Visit');
  await typeNumber(page, '+99912345678');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.context().setOffline(false);
  await expect(page.locator('.sync--refused')).toContainText('2', { timeout: 30_000 });
  await rival.context().close();
}

async function press(page: Page, digits: string, { clear = 0 } = {}): Promise<void> {
  const keys = page.locator('.visit .pad__key');
  for (const digit of digits) await keys.filter({ hasText: digit }).click();
  for (let times = 0; times < clear; times += 1) await keys.last().click();
}

async function go(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator('.frame__title')).not.toBeEmpty();
  await expect(page.locator('.skeleton')).toHaveCount(0);
}

async function take(page: Page, { screen, language, shots }: { screen: string; language: Language; shots: Shots }): Promise<void> {
  const before = page.viewportSize()!;
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(60);
      const file = join(FOLDER, `${screen}.${size}.${language}.${theme}.png`);
      await page.screenshot({ path: file, animations: 'disabled' });
      shots.set(screen, [...(shots.get(screen) ?? []), file]);
    }
  }
  await page.setViewportSize(before);
}

/** All of one screen on one picture, small. */
async function contactSheet(page: Page, screen: string, files: readonly string[]): Promise<void> {
  const sheet = await page.context().browser()!.newPage({ viewport: { width: 1880, height: 800 } });
  const images = await Promise.all(files.map(async (file) => `<img alt="" src="data:image/png;base64,${(await readFile(file)).toString('base64')}">`));
  await sheet.setContent(`<style>body{margin:8px;display:flex;flex-wrap:wrap;gap:8px;background:#888}img{height:430px}</style>${images.join('')}`);
  await writeFile(join(FOLDER, `sheet-${screen}.png`), await sheet.screenshot({ fullPage: true }));
  await sheet.close();
}
