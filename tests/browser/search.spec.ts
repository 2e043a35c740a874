import { pinyin } from 'pinyin-pro';
import { Api } from './api.ts';
import { goTo } from './floor.ts';
import { isInstalled, MIA, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

interface Known {
  customer: { name: string; contactPoints: { kind: string; value: string }[]; ownedCars: { plate: string }[] };
}

test('with no network people are found by the tail of a phone, by pinyin and its initials, and by a plate', async ({ page, context, server }) => {
  const api = await Api.of(server, MIA);
  const { leads } = await api.ask(`{ leads(filter: { status: [OPEN] }, first: 40) { nodes { customer { name contactPoints { kind value } ownedCars { plate } } } } }`);
  const known: Known['customer'][] = leads.nodes.map((lead: Known) => lead.customer);
  const han = known.find(({ name }) => /^[\u4e00-\u9fff]{3}$/.test(name))!.name;
  const driver = known.find(({ ownedCars }) => ownedCars[0]?.plate)!;
  const latin = known.find(({ name }) => /^[A-Z][a-z]/.test(name))!;
  const phone = latin.contactPoints.find(({ kind }) => kind === 'PHONE')!.value;
  await signIn(page, MIA);
  await isInstalled(page);
  await goTo(page, 'Leads');
  await context.setOffline(true);
  await reopen(page);
  await page.getByRole('radio', { name: /^All/ }).click();

  await expectFound(phone.slice(-7), latin.name);
  await expectFound(pinyin(han, { toneType: 'none', type: 'array' }).join(''), han);
  await expectFound(pinyin(han, { pattern: 'first', toneType: 'none', type: 'array' }).join(''), han);
  await expectFound(driver.ownedCars[0]!.plate, driver.name);

  async function expectFound(typed: string, name: string): Promise<void> {
    await page.getByRole('searchbox', { name: 'Search leads' }).fill(typed);
    await expect(page.getByRole('list', { name: 'Leads' }).getByRole('link', { name, exact: true }).first()).toBeVisible();
  }
});
