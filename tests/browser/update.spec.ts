import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Api } from './api.ts';
import { ownClock, undoIsOver } from './clock.ts';
import { fillOutbox, rowsOf } from './disk.ts';
import { goTo, greet, typeNumber } from './floor.ts';
import { isInstalled, MIA, reopen, signIn } from './people.ts';
import { BUILT, ROOT } from './server.ts';
import { expect, test } from './showroom.ts';

const MORE = 40;

test.use({
  client: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'forecourt-client-'));
    await cp(BUILT, folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

test('a newer app waits to be let in, keeps what is half typed, upgrades a full outbox, and sets aside a verb that is gone', async ({ page, context, server, client }) => {
  const api = await Api.of(server, MIA);
  await ownClock(context);
  await signIn(page, MIA);
  await isInstalled(page);
  await reopen(page);
  const before = await api.counts();
  await page.route('**/graphql', (route) => route.abort());
  await goTo(page, 'Visit');
  await page.getByRole('button', { name: /^Left: / }).first().click();
  await greet(page);
  await fillOutbox(page, MORE);
  await typeNumber(page, '415555');

  await server.down();
  await replaceByNewerApp(client!);
  await server.up();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await expect(page.getByText('A newer version is here. What you typed is kept.')).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Update now' }).click();
  await loaded;

  await expect(page.getByRole('textbox', { name: 'Phone number' })).toHaveValue('415555');
  await expect(page.getByText('A newer version is here')).toHaveCount(0);
  const old = await rowsOf(page, { database: 'user-', table: 'outbox' });
  expect(old.map(({ verb, version }) => `${verb} ${version}`)).toEqual(['leaveVisit 1', ...Array(MORE + 1).fill('greetVisit 1')]);

  await page.unroute('**/graphql');
  await undoIsOver(page);
  await expect.poll(async () => (await api.counts()).visits, { timeout: 20_000 }).toBe(before.visits! + MORE + 1);
  const { visits } = await api.ask(`{ visits(first: ${MORE + 1}) { nodes { note } } }`);
  expect(visits.nodes).toEqual(Array(MORE + 1).fill({ note: 'as the newer app says it' }));
  await page.getByRole('button', { name: '1 entry needs you', exact: true }).click();
  await expect(page.getByRole('main')).toContainText('Set aside');
  const [aside] = await rowsOf(page, { database: 'user-', table: 'tray' });
  expect(aside).toMatchObject({ verb: 'leaveVisit', version: 1, variables: old[0].variables, parked: true });
});

/** Another build of this client: it says a greeting in other words, and has another verb for leaving. */
async function replaceByNewerApp(served: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'forecourt-newer-'));
  const from = join(ROOT, 'client');
  await cp(from, folder, { recursive: true, filter: (path) => !/\/client\/(node_modules|dist)$/.test(path) });
  await symlink(join(from, 'node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'src/visits/mutators.ts');
  const today = await readFile(file, 'utf8');
  const newer = today
    .replace("name: 'leaveVisit'", "name: 'departVisit'")
    .replace("name: 'greetVisit'", "name: 'greetVisit', version: 2")
    .replace('import { defineMutator,', 'import { defineMutator, defineUpgrade,');
  expect(newer.length - today.length).toBe(1 + 12 + 15);
  await writeFile(file, `${newer}\ndefineUpgrade('greetVisit', 1, (typed) => ({ ...typed, note: 'as the newer app says it' }));\n`);
  await promisify(execFile)(process.execPath, [join(from, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: folder });
  await cp(join(folder, 'dist'), served, { recursive: true });
  await rm(folder, { recursive: true, force: true });
}
