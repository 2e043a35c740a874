import type { Page } from '@playwright/test';
import { Api } from './api.ts';
import { moveClock, ownClock, undoIsOver } from './clock.ts';
import { fillOutbox, rowsOf } from './disk.ts';
import { goTo, greet, typeNumber } from './floor.ts';
import { hasEverything, MIA, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

test('two tabs save, each sees the other, and every entry is sent once', async ({ page, context, server }) => {
  const api = await Api.of(server, MIA);
  const sent: string[] = [];
  context.on('request', (request) => sent.push(...entriesIn(request.postData())));
  await ownClock(context);
  await signIn(page, MIA);
  const before = await api.counts();
  const second = await context.newPage();
  await second.goto('/visits/new');
  await expect(open(second)).toBeVisible();
  const there = await open(second).getByRole('listitem').count();

  await greet(page);
  await expect(open(second).getByRole('listitem')).toHaveCount(there + 1);
  await greet(second);
  await expect(open(page).getByRole('listitem')).toHaveCount(there + 2);

  await undoIsOver(page);
  await hasEverything(page);
  await expect.poll(async () => (await api.counts()).visits).toBe(before.visits! + 2);
  expect(new Set(sent).size).toBe(2);
  expect(sent).toHaveLength(2);
});

test('a half-filled visit outlives a reload and its tab', async ({ page, context }) => {
  await signIn(page, MIA);
  await goTo(page, 'Visit');
  await typeNumber(page, '415555');
  await page.getByRole('radio', { name: 'Family' }).click();
  await page.getByLabel('Name').fill('Half a name');
  await reopen(page);
  await isHalfFilled(page);

  await page.close();
  const later = await context.newPage();
  await later.goto('/visits/new');
  await isHalfFilled(later);
});

test('a tab that is killed after "saved" has lost nothing', async ({ page, context, server }) => {
  const api = await Api.of(server, MIA);
  await ownClock(context);
  await signIn(page, MIA);
  await goTo(page, 'Visit');
  await typeNumber(page, '4155550189');
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await page.getByText('is filed').waitFor();
  await page.close();
  expect(await api.customersWith('5550189')).toEqual([]);

  const later = await context.newPage();
  await later.goto('/');
  await undoIsOver(later);
  await expect.poll(async () => (await api.customersWith('5550189')).length, { timeout: 20_000 }).toBe(1);
});

test('when the tab that sends is frozen, another one takes over', async ({ page, context, server }) => {
  const api = await Api.of(server, MIA);
  await ownClock(context);
  await signIn(page, MIA);
  const second = await context.newPage();
  await second.goto('/visits/new');
  await expect(open(second)).toBeVisible();
  const before = await api.counts();

  const wake = await freeze(page);
  const sentByFrozen: string[] = [];
  page.on('request', (request) => sentByFrozen.push(...entriesIn(request.postData())));
  await greet(second);
  await moveClock(second, 20_000);
  await expect.poll(async () => (await api.counts()).visits, { timeout: 20_000 }).toBe(before.visits! + 1);
  await hasEverything(second);

  expect(sentByFrozen).toEqual([]);
  await wake();
  await goTo(page, 'Visit');
  await greet(page);
  await undoIsOver(page);
  await hasEverything(page);
  expect((await api.counts()).visits).toBe(before.visits! + 2);
});

test('a tab that crashes in the middle of sending has lost nothing, and nothing is sent twice', async ({ page, context, server }) => {
  const api = await Api.of(server, MIA);
  await ownClock(context);
  await signIn(page, MIA);
  const before = await api.counts();
  await context.setOffline(true);
  await greet(page);
  await fillOutbox(page, 30);
  await context.setOffline(false);
  const committed = holdAnswerToFirstPush(page);
  await page.goto('/');
  await undoIsOver(page);
  expect(entriesIn(await committed)).toHaveLength(25);
  const crash = await context.newCDPSession(page);
  void crash.send('Page.crash').catch(() => undefined);
  await page.waitForEvent('crash');
  await page.close();
  expect((await api.counts()).visits).toBe(before.visits! + 25);

  const later = await context.newPage();
  await later.goto('/');
  await expect.poll(async () => (await api.counts()).visits, { timeout: 20_000 }).toBe(before.visits! + 31);
  await hasEverything(later);
  expect(await rowsOf(later, { database: 'user-', table: 'tray' })).toEqual([]);
});

/** The server hears and commits the first push; its answer never arrives. Says what was sent. */
function holdAnswerToFirstPush(page: Page): Promise<string> {
  return new Promise((committed) => void page.route('**/graphql', async (route) => {
    const body = route.request().postData()!;
    if (entriesIn(body).length === 0) return route.continue();
    await route.fetch();
    committed(body);
  }));
}

/** The browser stops a tab where it stands: no timer, no answer, and it keeps the lock. Says how to wake it. */
async function freeze(page: Page): Promise<() => Promise<unknown>> {
  const session = await page.context().newCDPSession(page);
  const stopped = new Promise((resolve) => session.once('Debugger.paused', resolve));
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  await stopped;
  return () => session.send('Debugger.resume');
}

const open = (page: Page) => page.getByRole('list', { name: 'Not completed yet' });

async function isHalfFilled(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  await expect(page.getByRole('radio', { name: 'Family' })).toBeChecked();
  await expect(page.getByLabel('Name')).toHaveValue('Half a name');
}

/** Ids of the entries that a push carries; undone ones are none. */
function entriesIn(body: string | null): string[] {
  const entries = body ? JSON.parse(body).variables?.input?.entries : undefined;
  return (entries ?? []).flatMap(({ verb }: { verb: Record<string, { clientMutationId: string }> }) => Object.values(verb).map((input) => input.clientMutationId));
}
