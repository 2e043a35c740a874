import { Api } from './api.ts';
import { DAYS, moveClock, ownClock, undoIsOver } from './clock.ts';
import { rowsOf } from './disk.ts';
import { capture, completeGreeted, goTo, greet, typeNumber } from './floor.ts';
import { GRACE, hasEverything, isInstalled, MIA, reopen, signIn } from './people.ts';
import { expect, test } from './showroom.ts';

for (const [where, ahead, phones] of [
  ['ahead', 2 * DAYS, ['4155550124', '4155550126']],
  ['behind', -2 * DAYS, ['4155550127', '4155550130']],
] as const) {
  test(`a clock two days ${where}: what is typed with no network arrives in its order, at its real time, and nobody types it again`, async ({ page, context, server }) => {
    const api = await Api.of(server, GRACE);
    await ownClock(context, { ahead });
    await signIn(page, MIA);
    await isInstalled(page);
    await context.setOffline(true);
    await reopen(page);
    await greet(page);
    await completeGreeted(page, { phone: phones[0], name: 'Early Bird' });
    await capture(page, { phone: phones[1], name: 'Late Owl' });
    await context.setOffline(false);
    await undoIsOver(page);
    await hasEverything(page);

    const moments = [];
    for (const phone of phones) {
      const [customer, ...others] = await api.customersWith(phone);
      expect(others).toEqual([]);
      moments.push(customer!.visits[0].arrivedAt, customer!.visits[0].completedAt);
    }
    expect(moments).toEqual([...moments].sort());
    for (const moment of moments) expect(Math.abs(Date.parse(moment) - Date.now())).toBeLessThan(10 * 60_000);
    expect(await rowsOf(page, { database: 'user-', table: 'tray' })).toEqual([]);
  });
}

test('a clock that jumps two days ahead in the tunnel locks the rows away; what was typed and half typed is there after', async ({ page, context, server }) => {
  const api = await Api.of(server, GRACE);
  await ownClock(context);
  await signIn(page, MIA);
  await isInstalled(page);
  await context.setOffline(true);
  await capture(page, { phone: '4155550131', name: 'Before Thejump' });
  await goTo(page, 'Visit');
  await typeNumber(page, '415555');
  await moveClock(page, 2 * DAYS);
  await expect(page.getByText('This tablet was without the server for too long.')).toBeVisible();
  await expect(page.locator('.frame')).toHaveCount(0);

  await context.setOffline(false);
  await signIn(page, MIA);
  await expect.poll(async () => (await api.customersWith('4155550131')).length, { timeout: 20_000 }).toBe(1);
  await goTo(page, 'Visit');
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  await capture(page, { phone: '4155550134'.slice(6), name: 'After Thejump' });
  await undoIsOver(page);
  await hasEverything(page);
  expect(await rowsOf(page, { database: 'user-', table: 'tray' })).toEqual([]);
  expect(await api.customersWith('4155550134')).toHaveLength(1);
});
