import fc from 'fast-check';

import { forgetServerTime } from '../../clock';
import { newId } from '../../ids';
import type { Entry, TrayEntry } from '../entry';
import { FakeServer } from './fake_server';
import { freshDisk, killBefore, repair, Tablet, type Fault } from './tablet';
import { book, openCustomer, openLead, say } from './verbs';

/** One thing that happens: to the first or second tab of Ann (0, 1), to Mo, who manages (2), or at the server. */
export type Command =
  | { do: 'customer'; who: number; phone: number; hold: boolean }
  | { do: 'lead'; who: number; nth: number }
  | { do: 'say'; who: number; nth: number; text: string }
  | { do: 'book'; who: number; slot: number }
  | { do: 'undo' | 'restart' | 'leave' | 'discard' | 'again'; who: number }
  | { do: 'sync'; who: number; faults: Fault[] }
  | { do: 'crash'; who: number; nth: number; tap: boolean }
  | { do: 'view'; who: number }
  | { do: 'reassign'; nth: number; to: number }
  | { do: 'remove'; nth: number }
  | { do: 'backup' | 'restore' }
  | { do: 'clock'; hours: number };

const who = fc.integer({ min: 0, max: 2 });
const nth = fc.nat({ max: 5 });
const fault = fc.constantFrom<Fault>(
  'none', 'none', 'none', 'dropped', 'answerLost', 'answerLost', 'twice', 'busy', 'portal', 'signedOut', 'forbidden', 'noise', 'cut 1', 'cut 2',
);
const text = fc.constantFrom('hello', 'hello', 'refuse', 'poison', 'stumble');

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('customer' as const), who, phone: fc.nat({ max: 4 }), hold: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('lead' as const), who, nth }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('say' as const), who, nth, text }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('book' as const), who, slot: fc.nat({ max: 1 }) }) },
  { weight: 7, arbitrary: fc.record({ do: fc.constant('sync' as const), who, faults: fc.array(fault, { maxLength: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('crash' as const), who, nth: fc.integer({ min: 1, max: 24 }), tap: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('undo' as const, 'restart' as const, 'leave' as const, 'discard' as const, 'again' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reassign' as const), nth, to: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('view' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('backup' as const, 'restore' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), hours: fc.constantFrom(-48, -1, 0, 24) }) },
);

/** Runs a history, heals the network, and checks every promise on the way and at the end. Throws naming a broken one. */
export async function live(commands: readonly Command[]): Promise<void> {
  const world = await World.begin();
  try {
    for (const one of commands) {
      await world.happens(one);
      await world.keepsItsPromises();
    }
    await world.heals();
  } finally {
    world.ends();
  }
}

const rightNow = Date.now;

const COLLECTION = { openCustomer: 'customers', openLead: 'leads', say: 'touches', book: 'testDrives' } as const;

/** JSON with sorted keys: what is equal is equal byte by byte. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    one && typeof one === 'object' && !Array.isArray(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );

function promised(name: string, kept: boolean, told: () => unknown): void {
  if (!kept) throw new Error(`${name}: ${JSON.stringify(told())}`);
}

class World {
  private readonly handled = new Set<string>();
  private readonly leads: string[] = [];
  private readonly hidden = new Set<string>();
  /** Judged when their author left the tablet: from then on the server alone has them. */
  private readonly entrusted = new Set<string>();
  private backup: ReturnType<FakeServer['backup']> | undefined;

  private constructor(
    private readonly server: FakeServer,
    private readonly tablets: Tablet[],
  ) {}

  static async begin(): Promise<World> {
    freshDisk();
    forgetServerTime();
    const server = new FakeServer();
    const ann = await Tablet.opened(server);
    const mo = await Tablet.opened(server);
    server.managers.add(mo.personId);
    return new World(server, [ann, await ann.tab(), mo]);
  }

  ends(): void {
    repair();
    Date.now = rightNow;
    forgetServerTime();
    for (const tablet of this.tablets) tablet.engine.close();
  }

  async happens(one: Command): Promise<void> {
    const tablet = this.tablets['who' in one ? one.who : 0]!;
    if (one.do === 'customer') {
      const phone = one.phone < 3 ? { phone: `+49${one.phone}` } : {};
      await tablet.taps(openCustomer, { id: newId(), name: 'c', ...phone }, { hold: one.hold });
    } else if (one.do === 'lead') {
      const id = newId();
      this.leads.push(id);
      await tablet.taps(openLead, { id, customerId: this.customer(tablet, one.nth) });
    } else if (one.do === 'say') {
      const leadId = this.leads[one.nth % (this.leads.length || 1)] ?? newId();
      await tablet.taps(say, { id: newId(), leadId, text: one.text });
    } else if (one.do === 'book') await tablet.taps(book, { id: newId(), slot: `${one.slot}` });
    else if (one.do === 'sync') await tablet.syncs(...one.faults);
    else if (one.do === 'restart') await tablet.restart();
    else if (one.do === 'crash') await this.crashes(tablet, one.nth, one.tap);
    else if (one.do === 'leave') await this.leaves(tablet);
    else if (one.do === 'undo') await this.undoes(tablet);
    else if (one.do === 'discard' || one.do === 'again') await this.dealsWith(tablet, one.do);
    else if (one.do === 'backup') this.backup = this.server.backup();
    else if (one.do === 'restore') this.restores();
    else if (one.do === 'clock') this.jumps(one.hours);
    else if (one.do === 'view') this.server.views[tablet.personId] = (this.server.views[tablet.personId] ?? 0) + 1;
    else if (one.do === 'remove' || one.do === 'reassign') {
      this.hides();
      const ids = Object.keys(this.server.state.rows['customers'] ?? {});
      const id = ids[one.nth % (ids.length || 1)];
      if (id && one.do === 'remove') this.server.remove('customers', id);
      else if (id && one.do === 'reassign') this.server.reassign(id, this.tablets[one.to]!.personId);
    }
  }

  /** The clocks of the devices are set by so much, and nobody tells the app; the server's goes on. */
  private jumps(hours: number): void {
    const off = hours * 3_600_000;
    Date.now = () => rightNow() + off;
    this.server.ahead = -off;
  }

  async keepsItsPromises(): Promise<void> {
    for (const [id, count] of this.server.effects) promised('I2 at most once', count === 1, () => ({ id, count }));
    for (const tablet of this.tablets) {
      const { entries, tray } = await tablet.engine.outbox.read();
      const kept = await tablet.engine.database.receipts.toArray();
      for (const entry of tablet.acknowledged) this.isSomewhere(entry, [...entries, ...kept], tray);
      for (const entry of tablet.acknowledged) this.isInSight(entry, entries, tablet);
    }
  }

  async heals(): Promise<void> {
    for (let round = 0; round < 14; round += 1) {
      let busy = false;
      for (const tablet of this.tablets) {
        await this.releases(tablet);
        busy = (await tablet.syncs()) !== undefined || busy;
        busy = (await tablet.engine.outbox.all()).length > 0 || busy;
      }
      if (!busy) break;
    }
    for (const tablet of this.tablets) await tablet.syncs();
    await this.keepsItsPromises();
    for (const tablet of this.tablets) {
      const { entries, tray } = await tablet.engine.outbox.read();
      promised('drained', entries.length === 0, () => entries);
      for (const entry of tablet.acknowledged) this.isAtItsEnd(entry, tray);
      const untimely = tray.filter((entry) => entry.problems.some((problem) => ['IN_THE_FUTURE', 'TOO_LONG_AGO'].includes(problem.code)));
      promised('I21 no honest tap is refused for its clock', untimely.length === 0, () => untimely);
      const wanted = this.server.visibleTo(tablet.personId);
      promised('I11 equals the server', canonical(tablet.engine.state()) === canonical(wanted), () => ({ has: tablet.engine.state(), wanted }));
      await tablet.restart();
      promised('I13 equals after a restart', canonical(tablet.engine.state()) === canonical(wanted), () => ({ has: tablet.engine.state(), wanted }));
      for (const [name, rows] of Object.entries(wanted)) {
        const shown = tablet.engine.visible.all(name as 'leads').length;
        promised('I15 shows the truth', shown === Object.keys(rows).length, () => ({ name, shown, rows }));
      }
    }
  }

  /** I1: in the outbox, in the tray, or at the server; or taken back or dealt with by a person. */
  private isSomewhere(entry: Entry, entries: Entry[], tray: TrayEntry[]): void {
    const id = entry.clientMutationId;
    const receipt = this.server.state.receipts[id];
    const here = entries.some((one) => one.clientMutationId === id) || tray.some((one) => one.clientMutationId === id);
    const excused = this.handled.has(id) || this.entrusted.has(id);
    promised('I1 nothing is lost', here || receipt !== undefined || excused, () => entry);
    const refusedAway = receipt?.outcome === 'REFUSED' && !here && !this.handled.has(id);
    promised('I1 refused means in the tray', !refusedAway, () => entry);
  }

  /** I16: from the tap to its settlement, and from then on as long as the server shows it, the own row is in sight. */
  private isInSight(entry: Entry, entries: Entry[], tablet: Tablet): void {
    const id = entry.variables['id'] as string;
    const collection = COLLECTION[entry.verb as keyof typeof COLLECTION];
    const row = this.server.state.rows[collection]?.[id];
    const applied = this.server.state.receipts[entry.clientMutationId]?.outcome === 'APPLIED';
    const waits = entries.some((one) => one.clientMutationId === entry.clientMutationId);
    const settled = !this.hidden.has(id) && applied && row !== undefined && this.server.sees(tablet.personId, collection, row);
    if (!waits && !settled) return;
    promised('I16 the own row never vanishes', tablet.engine.visible.get(collection, id) !== undefined, () => entry);
  }

  /** Sight has changed, or the copy was thrown away: what is settled may be gone until the next pull. */
  private hides(): void {
    for (const tablet of this.tablets) for (const entry of tablet.acknowledged) this.hidden.add(entry.variables['id'] as string);
  }

  private isAtItsEnd(entry: Entry, tray: TrayEntry[]): void {
    const id = entry.clientMutationId;
    const applied = ['APPLIED', 'MERGED'].includes(this.server.state.receipts[id]?.outcome ?? '') ? 1 : 0;
    const inTray = tray.some((one) => one.clientMutationId === id) ? 1 : 0;
    const handled = this.handled.has(id) ? 1 : 0;
    const least = this.entrusted.has(id) ? 0 : 1;
    const ends = applied + inTray + handled;
    promised('I1 exactly one end', ends >= least && ends <= 1, () => ({ entry, applied, inTray, handled }));
  }

  private customer(tablet: Tablet, nth: number): string {
    const all = tablet.engine.visible.all('customers');
    return all[nth % (all.length || 1)]?.id ?? newId();
  }

  private async crashes(tablet: Tablet, nth: number, tap: boolean): Promise<void> {
    killBefore(nth, tablet);
    if (tap) await tablet.taps(openCustomer, { id: newId(), name: 'c' }).catch(() => undefined);
    await tablet.syncs().catch(() => undefined);
    repair();
    await tablet.restart();
  }

  /** All tabs of a person close; what the server has is removed; they come back. */
  private async leaves(tablet: Tablet): Promise<void> {
    const tabs = this.tablets.filter((one) => one.personId === tablet.personId);
    this.hides();
    const { outbox, receipts } = tablet.engine.database;
    const judged = await outbox.filter((entry) => entry.verdict !== undefined).toArray();
    for (const entry of [...judged, ...(await receipts.toArray())]) this.entrusted.add(entry.clientMutationId);
    for (const tab of tabs) tab.engine.close();
    await tablet.leaves();
    for (const tab of tabs) await tab.comesBack();
  }

  /** The server is what it was at the last backup; what it has lost comes back from the tablets. */
  private restores(): void {
    if (!this.backup) return;
    this.hides();
    this.server.restore(this.backup);
  }

  private async undoes(tablet: Tablet): Promise<void> {
    const last = tablet.acknowledged.at(-1);
    if (last && (await tablet.engine.undo(last.clientMutationId))) this.handled.add(last.clientMutationId);
  }

  private async dealsWith(tablet: Tablet, how: 'discard' | 'again'): Promise<void> {
    const [first] = (await tablet.engine.outbox.read()).tray;
    if (!first) return;
    this.handled.add(first.clientMutationId);
    if (how === 'discard') await tablet.discards(first.clientMutationId);
    else await tablet.taps({ name: first.verb, version: 1, show: () => undefined }, { ...first.variables, text: 'hello' }, { replaces: first.clientMutationId });
  }

  /** The six seconds in which a tap may be undone are over. */
  private async releases(tablet: Tablet): Promise<void> {
    await tablet.engine.database.outbox.toCollection().modify({ heldUntil: 0 });
  }
}
