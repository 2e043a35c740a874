import type { Page } from '@playwright/test';
import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { databases, fillDisk, limitDisk, rowsOf } from './disk.ts';
import { capture, fileWalkIn, goTo } from './floor.ts';
import { GRACE, hasEverything, isInstalled, MIA, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

const ROOM = 8_000_000;

test('a full disk: what can be fetched again makes room for what was typed', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await onASmallDisk(page, server.url);
  await context.setOffline(true);
  await fillDisk(page);

  await capture(page, { phone: '4155550105', name: 'Piers Amory' });
  expect((await databases(page)).filter((name) => name.startsWith('cache-'))).toEqual([]);
  await expect(page.getByText('The disk of this tablet is full')).toHaveCount(0);
  await goTo(page, 'Leads');
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('Amory');
  await expect(page.getByRole('link', { name: 'Piers Amory', exact: true })).toBeVisible();

  await context.setOffline(false);
  await undoIsOver(page);
  await hasEverything(page);
  expect(await api.customersWith('4155550105')).toHaveLength(1);
});

test('a disk without a byte: nothing is half written or said to be saved, it can be shared, and is kept as soon as there is room', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
  const disk = await onASmallDisk(page, server.url);
  await context.setOffline(true);
  await capture(page, { phone: '4155550108', name: 'Ines Corrigan' });
  await fillDisk(page);
  await disk.send('Storage.overrideQuotaForOrigin', { origin: server.url, quotaSize: 1 });

  await fileWalkIn(page, { phone: '4155550109', name: 'Rufus Delamere' });
  await expect(page.getByText('Not saved yet: the disk is full')).toBeVisible();
  await expect(page.getByText('Rufus Delamere is filed')).toHaveCount(0);
  const notice = page.getByRole('status').filter({ hasText: '1 entry is not saved: it is in memory alone' });
  await expect(notice).toBeInViewport();
  await expect(page.locator('.sync', { hasText: '2' })).toBeVisible();
  expect((await rowsOf(page, { database: 'user-', table: 'outbox' })).map(({ variables }) => variables.name)).toEqual(['Ines Corrigan']);
  await notice.getByRole('button', { name: 'Share' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Rufus Delamere');

  await disk.send('Storage.overrideQuotaForOrigin', { origin: server.url });
  await context.setOffline(false);
  await undoIsOver(page);
  await hasEverything(page);
  await expect(notice).toHaveCount(0);
  for (const phone of ['4155550108', '4155550109']) {
    await expect.poll(async () => (await api.customersWith(phone)).length).toBe(1);
  }
});

async function onASmallDisk(page: Page, origin: string) {
  await ownClock(page.context());
  const disk = await limitDisk(page, { origin, bytes: ROOM });
  await signIn(page, MIA);
  await isInstalled(page);
  return disk;
}
