import { effect } from '@preact/signals';

import { sender, SendError } from '../../api/send';
import { isUnsettled } from '../../leads/touching';
import { Engine } from '../engine';
import type { Entry } from '../entry';
import { mutatorOf } from '../mutator';
import type { Told } from '../tabs';
import { TAPS, type Dice } from './storm_taps';

export interface Person {
  name: string;
  personId: string;
  showroomId: string;
  /** The way to the server, with whatever weather there is on it. */
  url: string;
  token: string;
}

/** A real tablet waits for 30 seconds; a storm has no time for that, but once it is over. */
const PATIENCE_MS = 4_000;
const CALM_PATIENCE_MS = 30_000;
const IDLE_MS = 500;

export type Tell = (broken: { promise: string; tablet: string; told: unknown }) => void;

/** One person's tablet in a storm: one or two tabs on one disk, the leader of which sends and hears by itself. */
export class StormTablet {
  tabs: Engine[] = [];
  /** Before a storm and after it, nothing is sent but when asked for. */
  private still = true;
  private ended = false;
  private wake: () => void = () => undefined;
  private readonly own: { customers: string[]; leads: string[] } = { customers: [], leads: [] };
  private watches: (() => void)[] = [];
  /** Visits of somebody's own tap, before and right after their settlement: nothing takes them out of sight. */
  private readonly greeted = new Set<string>();
  private readonly opening = new Map<Engine, Told[]>();
  /** Tabs that have read to the end: a first reading shows leads before their steps. */
  private readonly known = new WeakSet<Engine>();
  failures: Record<string, number> = {};
  cycles = 0;

  constructor(
    readonly person: Person,
    private readonly broken: Tell,
  ) {}

  get leader(): Engine {
    return this.tabs[0]!;
  }

  async begin(): Promise<void> {
    await this.openTab();
    void this.live();
  }

  async openTab(): Promise<void> {
    const engine: Engine = new Engine(this.person.personId, { send: this.send, tell: (told) => this.tell(engine, told) });
    // Listening before reading: what another tab stores while this one opens must not be missed.
    const early: Told[] = [];
    this.opening.set(engine, early);
    await engine.open();
    this.opening.delete(engine);
    this.tabs.push(engine);
    for (const told of early) void this.hear(engine, told);
    this.watches.push(effect(() => this.looks(engine)));
  }

  /** The tab that leads is closed, whatever it was doing; another one leads from now on. */
  async closeLeader(): Promise<void> {
    if (this.tabs.length === 1) await this.openTab();
    this.tabs.shift()!.close();
    this.greeted.clear();
    this.watches.shift()!();
    this.wake();
  }

  /** Resolves when the tap is on the disk: from then on the person was told that it is saved. */
  async tap(verb: string, dice: Omit<Dice, 'own' | 'showroomId'>, how: { tab?: number; hold?: boolean } = {}): Promise<Entry | undefined> {
    const engine = this.tabs[(how.tab ?? 0) % this.tabs.length]!;
    const given = { ...dice, own: this.own, showroomId: this.person.showroomId };
    const variables = TAPS[verb]!(engine, given);
    if (!variables) return undefined;
    const version = mutatorOf(verb)!.version;
    const { personId: me, showroomId } = this.person;
    const entry = await engine.add({ verb, version, variables, me, showroomId, ...(how.hold ? { hold: true } : {}) });
    if (verb === 'greetVisit' && !how.hold && engine === this.leader) this.greeted.add(variables['id'] as string);
    if (verb === 'captureWalkIn') {
      this.own.customers = [...this.own.customers, variables['customerId'] as string].slice(-5);
      this.own.leads = [...this.own.leads, variables['leadId'] as string].slice(-5);
    }
    this.wake();
    return entry;
  }

  async undo(clientMutationId: string): Promise<boolean> {
    return this.leader.undo(clientMutationId);
  }

  /** A person deals with the first that waits in the tray. */
  async dealsWithTray(how: 'discard' | 'again'): Promise<{ gone: string; entry: Entry } | undefined> {
    const engine = this.leader;
    const [first] = (await engine.outbox.read()).tray;
    if (!first) return undefined;
    const { clientMutationId: gone, verb, version } = first;
    this.greeted.delete(first.variables['id'] as string);
    const { personId: me, showroomId } = this.person;
    const again = { verb, version, variables: first.variables };
    const away = { verb: 'discardEntry', version: 1, variables: { discardedId: gone, reason: 'of no use' } };
    const entry = await engine.add({ ...(how === 'again' ? again : away), me, showroomId, replaces: gone });
    this.wake();
    return { gone, entry };
  }

  /** Syncs until nothing waits and a whole cycle has passed; throws what stood in the way at last. */
  async untilQuiet(seconds: number): Promise<{ tries: number }> {
    const end = performance.now() + seconds * 1_000;
    this.still = true;
    for (let tries = 1; ; tries += 1) {
      const failed = await this.leader.sync().then(() => undefined, (error: unknown) => error as Error);
      const waiting = await this.leader.outbox.all();
      if (!failed && waiting.length === 0) return { tries };
      const held = Math.max(0, ...waiting.map((entry) => entry.heldUntil - Date.now()));
      if (performance.now() > end) throw new Error(`not quiet after ${tries} tries: ${String(failed ?? '')} ${JSON.stringify(waiting.slice(0, 3))}`);
      await nap(Math.min(held || 100, 400));
    }
  }

  goOn(): void {
    this.still = false;
    this.wake();
  }

  /** All that this tablet holds and shows. */
  async report(): Promise<object> {
    const { entries, tray } = await this.leader.outbox.read();
    const waiting = ['visits', 'leads', 'testDrives'] as const;
    return {
      storeId: this.leader.storeId, entries, tray, state: this.leader.state(), failures: this.failures, cycles: this.cycles,
      stillWaiting: waiting.flatMap((name) => this.leader.visible.all(name).filter(({ id }) => this.leader.visible.isWaiting(id)).map(({ id }) => id)),
    };
  }

  end(): void {
    this.ended = true;
    for (const engine of this.tabs) engine.close();
    this.wake();
  }

  private async live(): Promise<void> {
    while (!this.ended) {
      if (!this.still) await this.cycle();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.still ? 50 : IDLE_MS * (0.5 + Math.random()));
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  private async cycle(): Promise<void> {
    const engine = this.leader;
    try {
      const settling = [...this.greeted];
      await engine.sync();
      for (const id of settling) this.greeted.delete(id);
      this.known.add(engine);
      this.cycles += 1;
    } catch (error) {
      if (engine.isClosed) return;
      const name = error instanceof SendError ? `${error.failure} ${error.code}` : String(error);
      this.failures[name] = (this.failures[name] ?? 0) + 1;
      if (!(error instanceof SendError)) this.broken({ promise: 'no bug of the tablet', tablet: this.person.name, told: (error as Error).stack });
      await nap(20 + Math.random() * 120);
    }
  }

  private readonly send = sender(async (path, init) => {
    const signal = AbortSignal.timeout(this.still ? CALM_PATIENCE_MS : PATIENCE_MS);
    return fetch(this.person.url + path, { ...init, signal, headers: { ...(init.headers as object), authorization: `Bearer ${this.person.token}` } });
  });

  private tell(from: Engine, told: Told): void {
    const said = structuredClone(told);
    for (const early of this.opening.values()) early.push(said);
    for (const engine of this.tabs) if (engine !== from) void this.hear(engine, said);
  }

  private async hear(engine: Engine, told: Told): Promise<void> {
    await engine.hear(told).catch((error: Error) => {
      if (!engine.isClosed) this.broken({ promise: 'no bug of the tablet', tablet: this.person.name, told: error.stack });
    });
  }

  /** Whenever what is shown has changed: what waits is in sight, nothing is confirmed too early, no lead is bare. */
  private looks(engine: Engine): void {
    engine.visible.version('visits');
    engine.visible.version('testDrives');
    engine.visible.version('followUps');
    const leads = engine.visible.all('leads');
    const { entries } = engine as unknown as { entries: Entry[] };
    const refused = new Set(engine.tray.value.map(({ variables }) => variables['id']));
    for (const id of engine === this.leader ? this.greeted : []) {
      if (!engine.visible.get('visits', id) && !refused.has(id)) this.broken({ promise: 'I16', tablet: this.person.name, told: { verb: 'greetVisit', id } });
    }
    for (const { verb, variables, clientMutationId } of entries) {
      if (verb === 'greetVisit' || verb === 'captureWalkIn') {
        const id = (variables['id'] ?? variables['visitId']) as string;
        if (!engine.visible.get('visits', id)) this.broken({ promise: 'I16', tablet: this.person.name, told: { clientMutationId, verb, id } });
      }
      if (verb === 'bookTestDrive' && engine.visible.get('testDrives', variables['id'] as string) && !engine.visible.isWaiting(variables['id'] as string)) {
        this.broken({ promise: 'I17', tablet: this.person.name, told: { clientMutationId, variables } });
      }
    }
    if (!this.known.has(engine)) return;
    for (const lead of leads) {
      if (!isUnsettled(lead) || engine.visible.by('followUps', 'leadId', lead.id).some(({ status }) => status === 'OPEN')) continue;
      const { followUps = {} } = engine.state();
      const steps = Object.values(followUps).filter((row) => (row as unknown as { leadId: string }).leadId === lead.id);
      const concerned = entries.filter(({ variables }) => [lead.id, lead.customerId].some((id) => JSON.stringify(variables).includes(id)));
      this.broken({ promise: 'I22 on the screen', tablet: this.person.name, told: { concerned, steps: steps.map((row) => [row.id, engine.visible.get('followUps', row.id)?.status]), lead, tab: this.tabs.indexOf(engine), tabs: this.tabs.length } });
      return;
    }
  }
}

export const nap = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A device's clock, off by so many milliseconds; everything on the device asks it. */
export const setClock = (ahead: number): void => {
  (globalThis as { clockAhead?: number }).clockAhead = ahead;
};

