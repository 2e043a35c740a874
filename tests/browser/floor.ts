// What a salesperson does on the floor, by the names that the screen says.
import { expect, type Locator, type Page } from '@playwright/test';

const rail = (page: Page) => page.getByRole('navigation', { name: 'Main' });

/** Goes to a screen by the rail, as a finger does: no page is loaded. */
export async function goTo(page: Page, screen: 'Today' | 'Leads' | 'Visit' | 'Drives' | 'Desk'): Promise<void> {
  await rail(page).getByRole('link', { name: screen }).click();
}

export async function typeNumber(page: Page, digits: string): Promise<void> {
  const pad = page.getByRole('group', { name: 'Phone number' });
  for (const digit of digits) await pad.getByRole('button', { name: digit, exact: true }).click();
}

/** One tap, anonymous. */
export async function greet(page: Page): Promise<void> {
  await goTo(page, 'Visit');
  await page.getByRole('button', { name: 'Just looking' }).click();
  await expect(page.getByText('Visit counted')).toBeVisible();
}

interface WalkIn {
  phone: string;
  name?: string;
}

/** A walk-in with a number, in as few taps as there are. */
export async function capture(page: Page, walkIn: WalkIn): Promise<void> {
  await fileWalkIn(page, walkIn);
  await expect(page.getByText(`${walkIn.name || walkIn.phone} is filed`)).toBeVisible();
}

export async function fileWalkIn(page: Page, { phone, name = '' }: WalkIn): Promise<void> {
  await goTo(page, 'Visit');
  await typeNumber(page, phone);
  if (name) await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
}

/** Says of the visit that was greeted a moment ago who it was. */
export async function completeGreeted(page: Page, { phone, name }: { phone: string; name: string }): Promise<void> {
  await goTo(page, 'Visit');
  const mine = page.getByRole('list', { name: 'Not completed yet' }).getByRole('listitem').filter({ hasText: 'not sent yet' });
  await mine.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Complete' })).toBeVisible();
  await typeNumber(page, phone);
  await page.getByRole('radio', { name: 'Couple' }).click();
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(page.getByText(`${name} is filed`)).toBeVisible();
}

/** The next day of the board, and its first free gap of one car. Says which car and when. */
export async function openGap(page: Page, { days = 1, at = '1:00 PM' }: { days?: number; at?: string } = {}): Promise<string> {
  await goTo(page, 'Drives');
  for (let day = 0; day < days; day += 1) await page.getByRole('button', { name: 'The day after' }).click();
  const gap = page.getByRole('button', { name: new RegExp(`^Book .* at ${at}$`) }).first();
  const name = (await gap.getAttribute('aria-label'))!;
  await gap.click();
  return name.replace(/^Book /, '').replace(/ at .*$/, '');
}

/** In the sheet of a booking: for whom, by name or car, then book. */
export async function bookFor(page: Page, name: string): Promise<void> {
  const sheet = page.getByRole('dialog', { name: 'Book a test drive' });
  await sheet.getByRole('searchbox').fill(name);
  await sheet.getByRole('listitem').filter({ hasText: name }).first().getByRole('button').click();
  await sheet.getByRole('button', { name: /^Book / }).click();
  await expect(sheet).toBeHidden();
}

/** Of what is due the first that is a call: a promise is kept by one tap, and asks nothing. */
export const firstCall = (page: Page): Locator =>
  page.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Done with / }), hasNotText: 'We promised' }).first();

/** The first call that is due: its name, and the two taps that finish it. */
export async function finishFirstCall(page: Page, outcome = 'Reached'): Promise<string> {
  await goTo(page, 'Today');
  const tick = firstCall(page).getByRole('button', { name: /^Done with .*: how did it go\?$/ });
  const name = (await tick.getAttribute('aria-label'))!.replace(/^Done with (.*): how did it go\?$/, '$1');
  await tick.click();
  const sheet = page.getByRole('dialog', { name: /How did it go/ });
  await sheet.getByRole('button', { name: new RegExp(`^${outcome}`) }).click();
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('list', { name: 'Done' }).getByRole('listitem').filter({ hasText: name })).toBeVisible();
  return name;
}
