import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api.ts';
import { goTo, greet, typeNumber } from './floor.ts';
import { isInstalled, MIA, reopen, signIn } from './people.ts';
import { BUILT } from './server.ts';
import { expect, test } from './showroom.ts';

test.use({
  client: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'forecourt-client-'));
    await cp(BUILT, folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

test('a newer app waits to be let in, and keeps what is half typed and what waits', async ({ page, server, client }) => {
  const api = await Api.of(server, MIA);
  await signIn(page, MIA);
  await isInstalled(page);
  await reopen(page);
  const before = await api.counts();
  await page.route('**/graphql', (route) => route.abort());
  await greet(page);
  await goTo(page, 'Visit');
  await typeNumber(page, '415555');

  await server.down();
  await appendFile(join(client!, 'service-worker.js'), '\n// a newer build\n');
  await server.up();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await expect(page.getByText('A newer version is here. What you typed is kept.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Update now' }).click();
  await loaded;

  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  await expect(page.getByText('A newer version is here')).toHaveCount(0);
  await page.unroute('**/graphql');
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await expect.poll(async () => (await api.counts()).visits, { timeout: 20_000 }).toBe(before.visits! + 1);
});
