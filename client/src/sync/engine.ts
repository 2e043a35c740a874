import { batch, signal } from '@preact/signals';

import { RegisterStoreDocument } from '../api/generated/graphql';
import { SendError, type Send } from '../api/send';
import { newId } from '../ids';
import { COLLECTIONS } from '../model';
import { Cache } from './cache';
import { dropCaches, isOfThisShape, newCacheName, UserDatabase } from './database';
import { drain } from './drain';
import type { Entry, TrayEntry } from './entry';
import { Outbox, type Wanted } from './outbox';
import { bootstrap, isLostPlace, Overtaken, pull, Reset, type Page } from './pull';
import { report } from './status';
import type { Told } from './tabs';
import { Truth, type Removed, type Rows } from './truth';
import { Visible } from './visible';

export interface Outside {
  send: Send;
  /** Says to the other tabs what happened here. */
  tell(told: Told): void;
  /** The server does not know this tablet any more, or somebody else is signed in. */
  barred(error: SendError): Promise<void>;
}

/** The store of one person on this tablet: their entries, the truth as last heard, and what that shows. */
export class Engine {
  readonly database: UserDatabase;
  readonly outbox: Outbox;
  readonly visible: Visible;
  readonly tray = signal<readonly TrayEntry[]>([]);
  private truth = new Truth();
  private entries: Entry[] = [];
  private cache!: Cache;
  private cursor: string | undefined;
  private clientId = '';
  private registered = false;
  private running: Promise<void> | undefined;
  private again = false;
  private closed = false;

  constructor(
    readonly personId: string,
    private readonly outside: Outside,
  ) {
    this.database = new UserDatabase(personId);
    this.outbox = new Outbox(this.database);
    this.visible = new Visible(this.truth);
  }

  get storeId(): string {
    return this.clientId;
  }

  /** Opens what is on the disk: everything can be read and written from here on, with no network. */
  async open(): Promise<void> {
    await this.database.open();
    this.clientId = (await this.database.read<string>('clientId')) ?? newId();
    await this.database.write('clientId', this.clientId);
    await this.openCache();
    await this.reload();
    report({ lastSyncedAt: (await this.database.read<number>('lastSyncedAt')) ?? null });
  }

  close(): void {
    this.closed = true;
    this.database.close();
    this.cache.close();
  }

  /** Resolves when the tap is on the disk; then it is shown. */
  async add(wanted: Wanted): Promise<Entry> {
    const entry = await this.outbox.add(wanted);
    this.entries.push(entry);
    this.visible.append(entry);
    this.count();
    this.outside.tell({ kind: 'entries' });
    if (wanted.replaces) await this.readTray();
    return entry;
  }

  async undo(clientMutationId: string): Promise<boolean> {
    const undone = await this.outbox.undo(clientMutationId);
    if (undone) await this.entriesChanged();
    return undone;
  }

  /** Sends what waits, then hears what is new. One at a time; asked meanwhile, it runs once more. Throws SendError. */
  sync(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.cycle().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** What another tab has done. */
  async hear(told: Told): Promise<void> {
    if (told.kind === 'page') this.apply(told.rows as Rows, told.removed as Removed);
    else if (told.kind === 'entries') await this.reload();
    else if (told.kind === 'reload') {
      this.cache.close();
      await this.openCache();
      await this.reload();
    }
  }

  /** Forgets what it holds of customers; what the person made stays. */
  async forgetTruth(): Promise<void> {
    this.cache.close();
    await dropCaches(this.personId);
    await this.database.meta.delete('cache');
    await this.openCache();
    await this.reload();
  }

  /** For the invariants: the server's truth, and what is shown. */
  state(): ReturnType<Truth['state']> {
    return this.truth.state();
  }

  private async cycle(): Promise<void> {
    do {
      this.again = false;
      try {
        await this.register();
        await drain({
          outbox: this.outbox,
          send: this.outside.send,
          clientId: this.clientId,
          known: (id) => COLLECTIONS.some((name) => this.truth.table(name).rows.has(id)),
          reconcile: () => this.reconcile(),
          changed: () => this.entriesChanged(),
        });
      } catch (error) {
        if (!(error instanceof SendError) || error.failure !== 'busy' || error.code !== 'FAILED') throw error;
        // One entry failed for a fault of the server's own. What is new can be heard all the same.
        await this.hearNews();
        throw error;
      }
      await this.hearNews();
    } while (this.again && !this.closed);
  }

  private async register(): Promise<void> {
    if (this.registered) return;
    const label = navigator.userAgent.slice(0, 120);
    const { registerStore } = await this.outside.send(RegisterStoreDocument, {
      input: { clientMutationId: newId(), clientId: this.clientId, label },
    });
    this.registered = true;
    if (registerStore.evicted) report({ evicted: true });
  }

  private async hearNews(): Promise<void> {
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        if (!this.cursor) await this.bootstrap();
        await this.pull();
        return;
      } catch (error) {
        if (error instanceof Reset || isLostPlace(error)) await this.startAfresh();
        else if (error instanceof Overtaken) await this.hear({ kind: 'reload' });
        else throw error;
      }
    }
  }

  private async bootstrap(): Promise<void> {
    report({ bootstrapping: { done: 0, total: 0 } });
    try {
      this.cursor = await bootstrap(
        { send: this.outside.send, clientId: this.clientId, cache: this.cache },
        (rows, done, total) => {
          this.apply(rows, {});
          report({ bootstrapping: { done, total } });
        },
      );
      this.outside.tell({ kind: 'reload' });
    } finally {
      report({ bootstrapping: null });
    }
  }

  private async pull(): Promise<void> {
    const settled = (await this.database.read<number>('settled')) ?? 0;
    const from = this.cursor!;
    this.cursor = await pull(
      { send: this.outside.send, clientId: this.clientId, cache: this.cache, settled },
      from,
      (page) => this.arrived(page),
    );
    const at = Date.now();
    await this.database.write('lastSyncedAt', at);
    report({ lastSyncedAt: at, online: true, signInNeeded: false });
    await this.cache.compact(this.truth, COLLECTIONS);
  }

  /** Rows first, entries after: killed in between, an entry is shown on top of its own result for a moment. */
  private async arrived({ rows, removed, processedThrough, verdicts }: Page): Promise<void> {
    if (processedThrough !== undefined) await this.outbox.settle(processedThrough, verdicts);
    const left = processedThrough === undefined ? this.entries : await this.outbox.all();
    const tray = await this.outbox.tray();
    batch(() => {
      this.entries = left;
      this.tray.value = tray;
      this.apply(rows, removed);
    });
    this.count();
    this.outside.tell({ kind: 'page', rows, removed });
    if (processedThrough !== undefined) this.outside.tell({ kind: 'entries' });
  }

  private apply(rows: Rows, removed: Removed): void {
    this.visible.rebuild(this.entries, this.truth.apply(rows, removed));
  }

  /** The server's count of our entries and our own have parted: gaps are filled or numbers given anew. */
  private async reconcile(): Promise<void> {
    this.registered = false;
    const { registerStore } = await this.outside.send(RegisterStoreDocument, {
      input: { clientMutationId: newId(), clientId: this.clientId, label: '' },
    });
    await this.outbox.renumber(registerStore.lastSeq);
    await this.entriesChanged();
  }

  /** A cursor that cannot be served: a new cache is built beside the old, which stays in sight meanwhile. */
  private async startAfresh(): Promise<void> {
    const beside = new Cache(newCacheName(this.personId));
    const fresh = new Truth();
    const cursor = await bootstrap({ send: this.outside.send, clientId: this.clientId, cache: beside }, (rows) => {
      fresh.apply(rows);
    });
    this.cache.close();
    this.cache = beside;
    this.cursor = cursor;
    this.truth = fresh;
    await this.database.write('cache', beside.name);
    this.visible.rebuild(this.entries, COLLECTIONS, fresh);
    this.outside.tell({ kind: 'reload' });
    await dropCaches(this.personId, beside.name);
  }

  private async openCache(): Promise<void> {
    const known = await this.database.read<string>('cache');
    const name = known && isOfThisShape(known) ? known : newCacheName(this.personId);
    if (name !== known) await this.database.write('cache', name);
    this.cache = new Cache(name);
    const { truth, cursor } = await this.cache.load();
    this.truth = truth;
    this.cursor = cursor;
    this.visible.rebuild(this.entries, COLLECTIONS, truth);
  }

  private async entriesChanged(): Promise<void> {
    await this.reload();
    this.outside.tell({ kind: 'entries' });
  }

  private async reload(): Promise<void> {
    const [entries, tray] = await Promise.all([this.outbox.all(), this.outbox.tray()]);
    batch(() => {
      this.entries = entries;
      this.tray.value = tray;
      this.visible.rebuild(entries);
    });
    this.count();
  }

  private async readTray(): Promise<void> {
    this.tray.value = await this.outbox.tray();
    this.count();
  }

  private count(): void {
    const waiting = this.entries.filter((entry) => !entry.verdict && entry.verb !== 'skipEntry').length;
    report({ waiting, refused: this.tray.peek().length });
  }
}
