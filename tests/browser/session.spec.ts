import type { BrowserContext, Page } from '@playwright/test';
import { Api, newId } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { databases, rowsOf, storeId } from './disk.ts';
import { capture, goTo, greet, typeNumber } from './floor.ts';
import { anotherTablet, GRACE, hasEverything, isInstalled, MIA, PASSWORD, RECEPTION, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

test('a session that ended in the tunnel pauses what waits, and a password lets all of it go', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await ownClock(context);
  await signIn(page, MIA);
  await isInstalled(page);
  await context.setOffline(true);
  await capture(page, { phone: '4155550101', name: 'Tamsin Quill' });
  await endSession(context, server.url);
  await context.setOffline(false);
  await undoIsOver(page);

  const notice = page.getByRole('status').filter({ hasText: 'The server wants to know who you are' });
  await expect(notice).toBeVisible();
  await greet(page);
  await undoIsOver(page);
  await expect(page.getByRole('button', { name: 'Sending 2 entries' })).toBeVisible();
  expect(await api.customersWith('4155550101')).toEqual([]);

  await notice.getByRole('button', { name: 'Sign in again' }).click();
  const sheet = page.getByRole('dialog', { name: 'Sign in again' });
  await expect(sheet.getByLabel('E-mail')).toHaveValue(MIA);
  await sheet.getByLabel('Password').fill(PASSWORD);
  await sheet.getByRole('button', { name: 'Sign in' }).click();
  await expect(notice).toHaveCount(0);
  await expect.poll(async () => (await api.customersWith('4155550101')).length).toBe(1);
  await hasEverything(page);
});

test('somebody who left while offline: customers go from the tablet, what was typed goes to the manager', async ({ page, context, server, browser }) => {
  const api = await Api.of(server, GRACE);
  await workThenOffline(page, RECEPTION);
  await capture(page, { phone: '4155550119', name: 'Linnea Osgood' });
  await goTo(page, 'Visit');
  await typeNumber(page, '415555');
  await server.command('user', 'leave', RECEPTION);
  await context.setOffline(false);
  await undoIsOver(page);

  await expect(page.getByText('Your access to Forecourt has ended.')).toBeVisible();
  await expect(page.getByText('2 entries that were not sent yet have been handed to your manager.')).toBeVisible();
  await isWiped(page);
  expect(await api.customersWith('4155550119')).toEqual([]);

  const manager = await anotherTablet(browser, server);
  await signIn(manager, GRACE);
  await goTo(manager, 'Desk');
  const piece = manager.getByRole('listitem').filter({ hasText: 'They have left.' }).filter({ hasText: 'Linnea Osgood' });
  await piece.getByRole('button', { name: 'Take over' }).click();
  await expect(piece).toHaveCount(0);
  await expect.poll(async () => (await api.customersWith('4155550119')).length, { timeout: 20_000 }).toBe(1);
});

test('a tablet that the manager has barred is wiped at its next contact, and what was typed on it is not lost', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await workThenOffline(page, MIA);
  await capture(page, { phone: '4155550104', name: 'Odile Farrant' });
  await api.ask('mutation ($input: RevokeStoreInput!) { revokeStore(input: $input) { outcome } }', {
    input: { clientMutationId: newId(), clientId: await storeId(page) },
  });
  await context.setOffline(false);
  await undoIsOver(page);

  await expect(page.getByText('A manager has barred this tablet.')).toBeVisible();
  await expect(page.getByText('1 entry that was not sent yet has been handed to your manager.')).toBeVisible();
  await expect(page.locator('body')).not.toContainText('Odile Farrant');
  await isWiped(page);
  const { handedOver } = await api.ask('{ handedOver { why verb content } }');
  expect(handedOver).toContainEqual({ why: 'REVOKED', verb: 'captureWalkIn', content: expect.stringContaining('Odile Farrant') });
});

async function workThenOffline(page: Page, email: string): Promise<void> {
  await ownClock(page.context());
  await signIn(page, email);
  await isInstalled(page);
  expect(await databases(page)).toEqual([expect.stringMatching(/^cache-/), 'forecourt-device', expect.stringMatching(/^user-/)]);
  await page.context().setOffline(true);
}

/** Nothing of customers, and nothing of the person, is on the disk. */
async function isWiped(page: Page): Promise<void> {
  expect(await databases(page)).toEqual(['forecourt-device']);
  expect(await rowsOf(page, { database: 'forecourt-device', table: 'people' })).toEqual([]);
}

/** The server ends this tablet's session; the tablet keeps its cookie and knows nothing of it. */
async function endSession(context: BrowserContext, url: string): Promise<void> {
  const cookie = (await context.cookies(url)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify({ query: 'mutation { signOut { signedOut } }' }),
  });
  expect(await answer.json()).toEqual({ data: { signOut: { signedOut: true } } });
}
