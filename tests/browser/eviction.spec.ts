import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { evict, leaveTheApp, storeId } from './disk.ts';
import { capture, goTo } from './floor.ts';
import { GRACE, hasEverything, isInstalled, MIA, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

test('a store that the browser has cleared: what is at stake was shown before, the loss is said, and all is fetched afresh', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await page.addInitScript(() => {
    const asked = navigator.storage.persist.bind(navigator.storage);
    navigator.storage.persist = () => (sessionStorage.setItem('asked', 'yes'), asked());
  });
  await ownClock(context);
  await signIn(page, MIA);
  await isInstalled(page);
  expect(await page.evaluate(() => sessionStorage.getItem('asked'))).toBe('yes');
  await context.setOffline(true);
  await capture(page, { phone: '4155550112', name: 'Gone Withthewind' });
  await page.goto('/settings');
  await expect(page.getByText('Waiting to be sent')).toBeVisible();
  await expect(page.getByText('The browser may clear it. Install the app to keep it.')).toBeVisible();
  await expect(page.locator('.sync', { hasText: '1' })).toBeVisible();
  const before = await storeId(page);

  await leaveTheApp(page);
  await evict(page, server.url);
  await context.setOffline(false);
  await page.goto('/');
  await expect(page.locator('.sign-in')).toBeVisible();
  await signIn(page, MIA);
  const notice = page.getByRole('status').filter({ hasText: 'The browser had cleared this tablet’s earlier store.' });
  await notice.getByRole('button', { name: 'OK' }).click();
  await expect(notice).toHaveCount(0);
  expect(await storeId(page)).not.toBe(before);
  await goTo(page, 'Leads');
  await expect(page.getByRole('list', { name: 'Leads' }).getByRole('link').first()).toBeVisible();
  await capture(page, { phone: '4155550141', name: 'Anew Again' });
  await undoIsOver(page);
  await hasEverything(page);
  await expect.poll(async () => (await api.customersWith('4155550141')).length).toBe(1);
});

test('a store that is cleared in the middle of work is put back from memory, and that is said', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await ownClock(context);
  await signIn(page, MIA);
  await isInstalled(page);
  await context.setOffline(true);
  await capture(page, { phone: '4155550115', name: 'Before Theloss' });
  const before = await storeId(page);
  await evict(page, server.url);
  await capture(page, { phone: '4155550116', name: 'After Theloss' });
  await expect(page.getByText('The browser has cleared this tablet’s store while you were working.')).toBeVisible();
  expect(await storeId(page)).toBe(before);

  await context.setOffline(false);
  await undoIsOver(page);
  for (const phone of ['4155550115', '4155550116']) {
    await expect.poll(async () => (await api.customersWith(phone)).length, { timeout: 20_000 }).toBe(1);
  }
  await hasEverything(page);
  await reopen(page);
  await expect(page.getByText('The browser had cleared')).toHaveCount(0);
});
