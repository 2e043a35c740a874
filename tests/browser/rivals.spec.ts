import type { Page } from '@playwright/test';
import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { bookFor, goTo, openGap } from './floor.ts';
import { anotherTablet, GRACE, hasEverything, MIA, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

const AT = '3:00 PM';

test('two tablets book one car: one gets it, the other loses nothing and takes a free slot by one tap', async ({ page, server, browser }) => {
  const api = await Api.of(server, GRACE);
  const first = await anotherTablet(browser, server);
  await ownClock(first.context());
  await signIn(page, MIA);
  await signIn(first, GRACE);
  const [one, other] = await twoLeads(api);
  const before = await api.counts();

  await page.context().setOffline(true);
  const car = await openGap(page, { at: AT });
  await bookFor(page, other!);
  await openGap(first, { at: AT });
  const gone = await watchBlock(first, one!);
  await bookFor(first, one!);
  await undoIsOver(first);
  await expect(block(first, one!, car)).toHaveClass(/grid__block--booked/, { timeout: 20_000 });
  expect(await gone()).toBe(0);

  await page.context().setOffline(false);
  await page.getByRole('button', { name: '1 entry needs you', exact: true }).click({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible();
  const card = page.getByRole('main');
  await expect(card).toContainText('Booked a test drive');
  await expect(card).toContainText(other!);
  await expect(card).toContainText(car);

  const free = page.getByRole('group', { name: /^Free instead/ }).getByRole('button');
  await expect(free).toHaveCount(3);
  await free.first().click();
  await hasEverything(page);
  await expect(page.getByText('Nothing needs you')).toBeVisible();
  expect((await api.counts()).testDrives).toBe(before.testDrives! + 2);
  await goTo(first, 'Drives');
  await first.getByRole('button', { name: 'The day after' }).click();
  await expect(block(first, other!, car)).toBeVisible();
});

const block = (page: Page, name: string, car: string) => page.getByRole('button', { name: new RegExp(`^${name}, ${car}, `) }).last();

/** Two names of open leads that nobody else in the showroom has. */
async function twoLeads(api: Api): Promise<string[]> {
  const { leads } = await api.ask('{ leads(filter: { status: [OPEN] }, first: 50) { nodes { customer { name } } } }');
  const names: string[] = leads.nodes.map((lead: { customer: { name: string } }) => lead.customer.name);
  return names.filter((name) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(name) && names.indexOf(name) === names.lastIndexOf(name)).slice(0, 2);
}

/** How many times the booking of `name` vanished from the board after it was first there. */
async function watchBlock(page: Page, name: string): Promise<() => Promise<number>> {
  await page.evaluate((who) => {
    const seen = Object.assign(window, { vanished: 0 });
    const there = () => [...document.querySelectorAll('.grid__block')].filter((one) => one.textContent!.includes(who)).length;
    const atFirst = there();
    let known = false;
    new MutationObserver(() => {
      const now = there() > atFirst;
      if (known && !now) seen.vanished += 1;
      known ||= now;
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  }, name);
  return () => page.evaluate(() => (window as unknown as { vanished: number }).vanished);
}
