import { anotherTablet, DALE, hasEverything, isInstalled, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

test('one tap in the settings changes every word, here and on the person\'s other tablet', async ({ page, context, server, browser }) => {
  await signIn(page, DALE);
  await isInstalled(page);
  await page.goto('/settings');
  await page.getByRole('radio', { name: '中文' }).click();

  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('设置');
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['今日', '线索', '到店', '试驾']);
  expect(await englishIn(page.getByRole('main').innerText())).toEqual([]);
  await hasEverything(page);

  await context.setOffline(true);
  await reopen(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
  const other = await anotherTablet(browser, server);
  await signIn(other, DALE);
  await expect(other.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

/** Words of the settings that are neither Chinese nor a name that stays as it is. */
async function englishIn(text: Promise<string>): Promise<string[]> {
  return ((await text).match(/[A-Za-z]{3,}/g) ?? []).filter((word) => !['English', 'PIN'].includes(word));
}
