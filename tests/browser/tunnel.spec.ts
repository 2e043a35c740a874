import type { Browser, Page } from '@playwright/test';
import { Api } from './api.ts';
import { bookFor, completeGreeted, finishFirstCall, goTo, greet, openGap } from './floor.ts';
import { anotherTablet, GRACE, hasEverything, isInstalled, MIA, reopen, signIn } from './people.ts';
import type { Server } from './server.ts';
import { expect, test } from './showroom.ts';
import { flickerUntil, loseEachAnswerOnce } from './weather.ts';

const OTTILIE = { name: 'Ottilie Brandvold', phone: '4155550187' };
const RUNA = { name: 'Runa Halvorsen', phone: '4155550190' };

type Visitor = typeof OTTILIE;

test('in the train tunnel everything is kept, and the manager sees it when the light returns', async ({ page, server, browser }) => {
  await travel(page, { server, browser, visitor: OTTILIE, light: () => page.context().setOffline(false) });
});

test('the same when the answer to every request is lost once', async ({ page, server, browser }) => {
  let lost = () => 0;
  await travel(page, {
    server, browser, visitor: RUNA,
    light: async () => {
      lost = await loseEachAnswerOnce(page);
      await page.context().setOffline(false);
      await flickerUntil(page, () => hasEverything(page));
    },
  });
  expect(lost()).toBeGreaterThanOrEqual(2);
});

interface Travel {
  server: Server;
  browser: Browser;
  visitor: Visitor;
  light: () => Promise<void>;
}

/** Into the tunnel, four things done in there, and out again by `light`. */
async function travel(page: Page, { server, browser, visitor, light }: Travel): Promise<void> {
  const api = await Api.of(server, GRACE);
  await signIn(page, MIA);
  await isInstalled(page);
  const manager = await anotherTablet(browser, server);
  await signIn(manager, GRACE);
  const before = await api.counts();

  await page.context().setOffline(true);
  await reopen(page);
  const done = await work(page, visitor);
  await reopen(page);
  await isAllThere(page, done);

  await goTo(manager, 'Drives');
  await manager.getByRole('button', { name: 'The day after' }).click();
  await light();
  await expect(manager.getByRole('button', { name: new RegExp(`^${visitor.name}, ${done.car}`) })).toBeVisible({ timeout: 30_000 });
  await goTo(manager, 'Leads');
  await manager.getByRole('searchbox', { name: 'Search leads' }).fill(visitor.phone.slice(-4));
  await expect(manager.getByRole('link', { name: visitor.name }).first()).toBeVisible();
  await hasEverything(page);
  await heldOnce(api, before, visitor);
}

interface Done {
  car: string;
  called: string;
  visitor: Visitor;
}

/** What a salesperson does between two stations. */
async function work(page: Page, visitor: Visitor): Promise<Done> {
  await greet(page);
  await completeGreeted(page, visitor);
  const car = await openGap(page);
  await bookFor(page, visitor.name);
  const called = await finishFirstCall(page);
  return { car, called, visitor };
}

async function isAllThere(page: Page, { car, called, visitor }: Done): Promise<void> {
  await expect(page.getByRole('button', { name: 'Offline. 4 entries wait on this device.' })).toBeVisible();
  await goTo(page, 'Today');
  const row = page.getByRole('list', { name: 'Done' }).getByRole('listitem').filter({ hasText: called });
  await expect(row).toContainText('not sent yet');
  await goTo(page, 'Drives');
  await page.getByRole('button', { name: 'The day after' }).click();
  await expect(page.getByRole('button', { name: new RegExp(`^${visitor.name}, ${car}, 1:00 PM to 1:30 PM, Requested`) })).toBeVisible();
}

/** Each tap has its row at the server, and none has two. */
async function heldOnce(api: Api, before: Record<string, number>, visitor: Visitor): Promise<void> {
  const after = await api.counts();
  expect(after).toMatchObject({
    customers: before.customers! + 1, leads: before.leads! + 1, visits: before.visits! + 1, testDrives: before.testDrives! + 1, done: before.done! + 1,
  });
  const [customer, ...others] = await api.customersWith(visitor.phone.slice(-7));
  expect(others).toEqual([]);
  expect(customer).toMatchObject({ name: visitor.name, contactPoints: [{ value: `+1${visitor.phone}` }], visits: [{ party: 'COUPLE', kind: 'FIRST_FILED' }] });
  expect(customer!.leads[0].nextStepAt).not.toBeNull();
}
