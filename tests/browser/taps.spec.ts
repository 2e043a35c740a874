import type { Page } from '@playwright/test';
import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { firstCall, goTo, typeNumber } from './floor.ts';
import { hasEverything, isInstalled, MIA, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

const PHONE = '4155550193';

test.beforeEach(async ({ page, context }) => {
  await ownClock(context);
  await page.addInitScript(() => {
    const counted = Object.assign(window, { taps: 0, digits: 0 });
    addEventListener('click', (event) => {
      if (!event.isTrusted) return;
      if ((event.target as Element).closest('.pad__key')) counted.digits += 1;
      else counted.taps += 1;
    }, { capture: true });
  });
});

test('a walk-in is captured with no network by three taps and a number', async ({ page, server }) => {
  const api = await Api.of(server, MIA);
  await signInThenOffline(page);

  await goTo(page, 'Visit');
  await typeNumber(page, PHONE);
  await page.getByRole('radio', { name: '7 days', exact: true }).click();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByRole('status').getByText('is filed')).toBeVisible();

  expect(await counted(page)).toEqual({ taps: 3, digits: PHONE.length });
  await page.context().setOffline(false);
  await undoIsOver(page);
  await hasEverything(page);
  const [customer] = await api.customersWith(PHONE.slice(-7));
  expect(customer!.leads[0]).toMatchObject({ level: 'H', status: 'OPEN', nextStepAt: expect.any(String) });
});

test('a call is done, and its next step planned, by two taps', async ({ page, server }) => {
  const api = await Api.of(server, MIA);
  await signInThenOffline(page);
  const row = firstCall(page);
  const lead = (await row.getByRole('link').first().getAttribute('href'))!.split('/').pop()!;

  await row.getByRole('button', { name: /^Done with / }).click();
  await page.getByRole('button', { name: /^No answer/ }).click();
  await expect(page.getByText(/^Done\. Next step: /)).toBeVisible();

  expect(await counted(page)).toEqual({ taps: 2, digits: 0 });
  await page.context().setOffline(false);
  await undoIsOver(page);
  await hasEverything(page);
  const held = await api.ask('query ($uuid: UUID!) { lead(uuid: $uuid) { nextStepAt followUps(first: 20, status: DONE) { outcome } } }', { uuid: lead });
  expect(held.lead).toMatchObject({ nextStepAt: expect.any(String), followUps: expect.arrayContaining([{ outcome: 'NO_ANSWER' }]) });
});

async function signInThenOffline(page: Page): Promise<void> {
  await signIn(page, MIA);
  await isInstalled(page);
  await page.context().setOffline(true);
  await reopen(page);
}

function counted(page: Page): Promise<{ taps: number; digits: number }> {
  return page.evaluate(() => {
    const { taps, digits } = window as unknown as { taps: number; digits: number };
    return { taps, digits };
  });
}
