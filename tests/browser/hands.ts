// A tablet that goes from hand to hand.
import { expect, type Page } from '@playwright/test';

export const PIN = '4711';

export async function signOut(page: Page): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('main').getByRole('button', { name: /^(Sign out|退出登录)$/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^(Sign out|退出登录)$/ }).click();
  await expect(page.locator('.sign-in')).toBeVisible();
}

export async function setPin(page: Page): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await enterPin(page, PIN);
  await enterPin(page, PIN);
  await expect(page.getByText('Your PIN is set')).toBeVisible();
}

export async function enterPin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.locator('.pad').getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

/** Locks, and leaves it to whoever comes. */
export async function putAway(page: Page): Promise<void> {
  await page.locator('.frame__tools [aria-haspopup=dialog]').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByRole('button', { name: 'Somebody else' }).click();
  await expect(page.locator('.sign-in')).toBeVisible();
}

/** The tablet goes to a colleague, who has a PIN on it. */
export async function changeTo(page: Page, name: string): Promise<void> {
  await putAway(page);
  await page.getByRole('list', { name: 'On this tablet' }).getByRole('listitem').filter({ hasText: name }).getByRole('button').click();
}
