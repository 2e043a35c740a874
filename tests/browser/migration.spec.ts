import { Api } from './api.ts';
import { countOf, databases, leaveTheApp, rowsOf } from './disk.ts';
import { asOfTheFirstVersion, namesOnDisk } from './first_version.ts';
import { goTo, greet, typeNumber } from './floor.ts';
import { GRACE, hasEverything, isInstalled, MIA, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

const RECORDS = 10_000;

test('a store of the first version with 10,000 records opens in today\'s app: nothing typed is lost, and the rows are fetched afresh', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await signIn(page, MIA);
  await isInstalled(page);
  await hasEverything(page);
  const before = await api.counts();
  await context.setOffline(true);
  await greet(page);
  await greet(page);
  await typeNumber(page, '415555');
  const customers = await namesOnDisk(page);
  await leaveTheApp(page);
  await asOfTheFirstVersion(page, RECORDS);

  await page.goto('/visits/new');
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  await expect(page.getByRole('button', { name: '1 entry needs you', exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Not completed yet' }).getByRole('listitem').filter({ hasText: 'not sent yet' })).toHaveCount(2);

  await context.setOffline(false);
  await expect.poll(async () => (await api.counts()).visits, { timeout: 20_000 }).toBe(before.visits! + 2);
  await expect.poll(async () => (await databases(page)).filter((name) => name.startsWith('cache-'))).toEqual([expect.not.stringContaining('00000000')]);
  expect(await namesOnDisk(page)).toEqual(customers);
  await goTo(page, 'Leads');
  await page.getByRole('searchbox', { name: 'Search leads' }).fill('Ghost');
  await expect(page.getByRole('main')).toContainText('No lead matches');
  await reopen(page);
  expect(await countOf(page, { database: 'user-', table: 'drafts' })).toBe(RECORDS + 1);
  expect((await rowsOf(page, { database: 'user-', table: 'tray' })).map(({ variables }) => variables.name)).toEqual(['Kept In the tray']);
  expect((await api.counts()).visits).toBe(before.visits! + 2);
});
