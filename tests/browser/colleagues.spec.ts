import type { Page } from '@playwright/test';
import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { databases } from './disk.ts';
import { capture, goTo } from './floor.ts';
import { changeTo, enterPin, PIN, putAway, setPin } from './hands.ts';
import { GRACE, GROUP, hasEverything, isInstalled, MIA, PASSWORD, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

test('three people share a tablet, each behind their PIN: of the others there are counts, and nothing goes out under another\'s name', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await ownClock(context);
  await works(page, { email: GRACE, phone: '4155550120', name: 'Gideon Ashdown' });
  await works(page, { email: GROUP, phone: '4155550123', name: 'Petra Lindqvist' });
  await context.setOffline(false);
  await signIn(page, MIA);
  await isInstalled(page);

  await page.goto('/settings');
  const others = page.getByRole('list', { name: 'Colleagues with unsent work here' }).getByRole('listitem');
  await expect(others).toHaveText([/1 entry not sent$/, /1 entry not sent$/]);
  for (const path of ['/settings', '/', '/leads', '/visits/new']) {
    await page.goto(path);
    await expect(page.locator('body')).not.toContainText(/Ashdown|Lindqvist|0120|0123/);
  }
  for (const name of ['Ashdown', 'Lindqvist', '0120', '0123']) {
    await page.locator('.frame__search-field input').fill(name);
    await expect(page.getByRole('region', { name: 'Search results' })).toContainText('Nothing on this device');
  }
  await undoIsOver(page);
  await hasEverything(page);
  expect(await owners(page)).toHaveLength(3);
  await setPin(page);
  await context.setOffline(true);
  await changeTo(page, 'Grace');

  await enterPin(page, '1234');
  await expect(page.getByRole('alert')).toHaveText('That is not the PIN.');
  await expect(page.locator('body')).not.toContainText('Ashdown');
  await enterPin(page, PIN);
  await goTo(page, 'Leads');
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('Ashdown');
  await expect(page.getByRole('link', { name: 'Gideon Ashdown', exact: true })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('Lindqvist');
  await expect(page.getByRole('main')).toContainText('No lead matches');
  await context.setOffline(false);
  await undoIsOver(page);
  await expect(page.getByText('The server wants to know who you are')).toBeVisible();
  for (const phone of ['4155550120', '4155550123']) expect(await api.customersWith(phone)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign in again' });
  await sheet.getByLabel('Password').fill(PASSWORD);
  await sheet.getByRole('button', { name: 'Sign in' }).click();
  await expect.poll(async () => (await api.customersWith('4155550120')).length, { timeout: 20_000 }).toBe(1);
  expect(await api.customersWith('4155550123')).toEqual([]);
});

/** Signs in, sets a PIN, captures somebody with no network, and puts it all away behind the PIN. */
async function works(page: Page, { email, phone, name }: { email: string; phone: string; name: string }): Promise<void> {
  await page.context().setOffline(false);
  await signIn(page, email);
  await isInstalled(page);
  await setPin(page);
  await page.context().setOffline(true);
  await capture(page, { phone, name });
  await putAway(page);
}

/** Whose databases are on the disk: each person has one of their own for what they typed, and one for what they may see. */
async function owners(page: Page): Promise<string[]> {
  const names = (await databases(page)).filter((name) => name !== 'forecourt-device');
  const mine = (kind: string) => names.filter((name) => name.startsWith(`${kind}-`)).map((name) => name.slice(kind.length + 1, kind.length + 37));
  expect(mine('cache')).toEqual(mine('user'));
  expect(names).toHaveLength(2 * mine('user').length);
  return mine('user');
}
