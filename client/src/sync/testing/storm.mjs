// A device in a storm: the real client's sync code in a process of its own, that may be killed. It is spoken to by lines of
// JSON, `{"n": 1, "do": "tap", …}`, and answers `{"n": 1, "said": …}`, or `{"n": 1, "failed": "…"}`; on its own it
// says `{"broken": …}` when a promise is broken on the screen.
import './storm_clock.mjs';
import 'fake-indexeddb/auto';
import { createInterface } from 'node:readline';

import '../../mutators';
import { Disk } from './storm_disk.mjs';
import { setClock, StormTablet } from './storm_device';
import { sabotage } from './storm_sabotage';

const tablets = new Map();

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const broken = (told) => say({ broken: told });

const does = {
  async begin({ folder, people, ahead, fault }) {
    setClock(ahead);
    if (fault) sabotage(fault);
    await new Disk(folder).attach();
    for (const person of people) tablets.set(person.name, new StormTablet(person, broken));
    for (const tablet of tablets.values()) await tablet.begin();
    return [...tablets.values()].map((tablet) => ({ name: tablet.person.name, storeId: tablet.leader.storeId }));
  },
  clock({ ahead }) {
    setClock(ahead);
  },
  tap: ({ tablet, verb, dice, mark, tab, hold }) => tablets.get(tablet).tap(verb, { dice, mark }, { tab, hold }),
  undo: ({ tablet, id }) => tablets.get(tablet).undo(id),
  tray: ({ tablet, how }) => tablets.get(tablet).dealsWithTray(how),
  openTab: ({ tablet }) => tablets.get(tablet).openTab(),
  closeLeader: ({ tablet }) => tablets.get(tablet).closeLeader(),
  quiet: ({ tablet, seconds }) => tablets.get(tablet).untilQuiet(seconds),
  report: ({ tablet }) => tablets.get(tablet).report(),
  goOn() {
    for (const tablet of tablets.values()) tablet.goOn();
  },
};

createInterface({ input: process.stdin }).on('line', (line) => {
  const { n, do: what, ...given } = JSON.parse(line);
  Promise.resolve()
    .then(() => does[what](given))
    .then((said) => say({ n, said: said ?? null }), (error) => say({ n, failed: String(error?.stack ?? error) }));
}).on('close', () => process.exit(0));

process.on('unhandledRejection', (error) => broken({ promise: 'no bug of the tablet', tablet: '?', told: String(error?.stack ?? error) }));
