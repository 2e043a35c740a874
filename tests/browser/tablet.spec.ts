import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { goTo, greet, typeNumber } from './floor.ts';
import { enterPin, PIN, setPin, signOut } from './hands.ts';
import { GRACE, hasEverything, isInstalled, MIA, signIn, SIYUAN } from './people.ts';
import { expect, test } from './showroom.ts';

test('two people on one tablet: what waits is kept for its author, who alone can read and send it', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await ownClock(context);
  await signIn(page, MIA);
  await isInstalled(page);
  await context.setOffline(true);
  await goTo(page, 'Visit');
  await typeNumber(page, '4155550186');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByText('is filed').waitFor();
  await signOut(page);
  await expect(page.getByRole('list', { name: 'On this tablet' }).getByRole('listitem')).toContainText(['1 entry not sent']);

  await context.setOffline(false);
  await signIn(page, SIYUAN);
  await page.locator('.frame__search-field input').fill('0186');
  await expect(page.getByRole('region', { name: '搜索结果' })).toContainText(/没有|未找到|找不到/);
  await page.goto('/settings');
  await expect(page.getByRole('list', { name: /同事/ }).getByRole('listitem')).toHaveText(/^Mia Torres.*1/);
  await expect(page.locator('body')).not.toContainText('555-0186');
  await page.goto('/visits/new');
  await page.locator('.visit__buttons .button').first().click();
  await undoIsOver(page);
  await hasEverything(page);
  expect(await api.customersWith('5550186')).toEqual([]);
  await signOut(page);

  await signIn(page, MIA);
  await expect.poll(async () => (await api.customersWith('5550186')).length, { timeout: 20_000 }).toBe(1);
});

test('the customer view hides everybody else, and only the PIN leads out of it', async ({ page }) => {
  await signIn(page, MIA);
  await setPin(page);
  await goTo(page, 'Today');
  const name = (await page.locator('.today a.row__link').first().textContent())!;

  await page.getByRole('button', { name: 'Hide everybody else while the customer looks' }).click();
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText(['Visit', 'Drives']);
  await expect(page.locator('body')).not.toContainText(name);
  await expect(page.locator('body')).not.toContainText('Mia Torres');
  await page.goto('/leads');
  await expect(page.getByText('Hidden while the customer looks').first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('link')).toHaveCount(0);

  await page.getByRole('button', { name: 'Hidden for the customer: leave with your PIN' }).click();
  await enterPin(page, '1234');
  await expect(page.getByRole('alert')).toHaveText('That is not the PIN.');
  await enterPin(page, PIN);
  await goTo(page, 'Today');
  await expect(page.getByText(name).first()).toBeVisible();
});

test('a tablet that nobody touches for five minutes is locked, and opens by the PIN with no network', async ({ page, context }) => {
  await page.clock.install();
  await signIn(page, MIA);
  await isInstalled(page);
  await setPin(page);
  await greet(page);
  await context.setOffline(true);
  await page.clock.fastForward('06:00');
  await expect(page.locator('.frame')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Mia Torres' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Mia Torres' })).toBeVisible();

  await enterPin(page, PIN);
  await goTo(page, 'Visit');
  await expect(page.getByRole('list', { name: 'Not completed yet' })).toBeVisible();
});
