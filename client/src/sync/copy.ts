import type { Send } from '../api/send';
import { serverAhead, serverNow } from '../clock';
import { COLLECTIONS } from '../model';
import { Cache, type Place } from './cache';
import { dropCaches, newCacheName, type UserDatabase } from './database';
import { bootstrap, isLostPlace, Overtaken, pull, Reset, type Page } from './pull';
import { report } from './status';
import type { Told } from './tabs';
import { Truth, type Rows } from './truth';

const TRIES = 3;

interface Owner {
  database: UserDatabase;
  send: Send;
  clientId(): string;
  tell(told: Told): void;
  /** Rows of a first reading are there. */
  read(rows: Rows): void;
  /** Pages of changes are on the disk: all of them, or those before something went wrong. */
  arrived(pages: readonly Page[]): Promise<void>;
  /** Another truth counts from now on. */
  replaced(truth: Truth): void;
}

/** This tablet's copy of what the server knows, on the disk and in memory, and how it is kept in step. */
export class Copy {
  truth = new Truth();
  private cache: Cache | undefined;
  private beside: Cache | undefined;
  private place: Place | undefined;
  private cursor: string | undefined;
  private closed = false;
  /** Built beside the old one, and not shown yet: its pages were read one after the other, and need a pull to agree. */
  private isNew = false;

  constructor(private readonly owner: Owner) {}

  /** Reads what is on the disk. What was open before is closed when the new is there, and not when it fails. */
  async open(): Promise<void> {
    const before = this.cache;
    const cache = new Cache(await this.owner.database.cacheName());
    const { truth, cursor, place } = await cache.load();
    before?.close();
    if (this.closed) return cache.close();
    this.cache = cache;
    this.truth = truth;
    this.cursor = cursor;
    this.place = place;
    this.owner.replaced(truth);
  }

  /** False where another tab, or the browser, has thrown it away: what is in memory may be old. */
  get isOpen(): boolean {
    return this.cache?.isOpen ?? false;
  }

  get database(): Cache['database'] | undefined {
    return this.cache?.database;
  }

  readonly knows = (id: string): boolean => COLLECTIONS.some((name) => this.truth.table(name).rows.has(id));

  /** Brings it in step with the server: from scratch, from where a first reading was left, or from the last cursor. */
  async hearNews(): Promise<void> {
    try {
      for (let tries = 0; tries < TRIES; tries += 1) if (await this.hears()) return;
    } finally {
      this.swap();
    }
  }

  private async hears(): Promise<boolean> {
    try {
      if (await this.owner.database.read<boolean>('forgot')) await this.startAfresh();
      if (!this.cursor) await this.bootstrap();
      await this.pull();
      return true;
    } catch (error) {
      if (error instanceof Reset && error.reason === 'SERVER_RESTORED') await this.owner.database.serverForgot();
      if (error instanceof Reset || isLostPlace(error)) await this.startAfresh();
      else if (error instanceof Overtaken) await this.open();
      else throw error;
      return false;
    }
  }

  /** Shows the copy that was built beside the old one: mended by a pull, or as far as it came. */
  private swap(): void {
    if (!this.isNew || this.closed) return;
    this.isNew = false;
    this.owner.replaced(this.truth);
    this.owner.tell({ kind: 'reload' });
  }

  /** Whether a page that another tab has stored goes on from what is held here; if so, it is held from now on. */
  follows({ since, cursor }: { since?: string; cursor?: string }): boolean {
    if (since === undefined) return true;
    if (since !== this.cursor) return false;
    this.cursor = cursor;
    return true;
  }

  /** Reads the disk again where another tab has stored what it has not told of. */
  async catchUp(): Promise<void> {
    const stored = await this.cache?.cursor();
    if (stored !== undefined && stored !== this.cursor) await this.open();
  }

  /** A full disk: what can be fetched again makes room for what cannot. What is shown stays. */
  async makeRoom(): Promise<void> {
    await this.cache?.yieldDisk();
  }

  async forget(): Promise<void> {
    this.cache?.close();
    await dropCaches(this.owner.database.personId);
    await this.owner.database.meta.delete('cache');
    await this.open();
    this.owner.tell({ kind: 'reload' });
  }

  close(): void {
    this.closed = true;
    this.cache?.close();
    this.beside?.close();
  }

  private async bootstrap(): Promise<void> {
    const { owner } = this;
    const cache = this.cache!;
    report({ bootstrapping: { done: 0, total: 0 } });
    try {
      const line = { send: owner.send, clientId: owner.clientId(), cache, place: this.place };
      this.cursor = await bootstrap(line, (rows, done, total) => {
        owner.read(rows);
        owner.tell({ kind: 'page', rows, removed: {} });
        report({ bootstrapping: { done, total } });
      });
      owner.tell({ kind: 'reload' });
      await dropCaches(owner.database.personId, cache.name);
    } catch (error) {
      // What came is on the disk and in memory: the next try goes on from there.
      this.place = this.closed ? undefined : await cache.place().catch(() => undefined);
      throw error;
    } finally {
      report({ bootstrapping: null });
    }
  }

  private async pull(): Promise<void> {
    const { database, send, clientId, arrived } = this.owner;
    const cache = this.cache!;
    const settled = (await database.read<number>('settled')) ?? 0;
    await this.whole(arrived, async (keep) => {
      this.cursor = await pull({ send, clientId: clientId(), cache, settled }, this.cursor!, keep);
    });
    const at = Date.now();
    await database.meta.bulkPut([
      { key: 'lastSyncedAt', value: at },
      { key: 'serverAhead', value: serverAhead.peek() },
      { key: 'serverTime', value: serverNow().getTime() },
    ]);
    report({ lastSyncedAt: at, online: true, signInNeeded: false });
    await cache.compact(this.truth, COLLECTIONS, this.cursor!);
  }

  /**
   * What belongs together may lie on two pages: a lead on one, the step that it has now on the next. They are shown
   * together, when the last one is there.
   */
  private async whole(arrived: Owner['arrived'], read: (keep: (page: Page) => Promise<void>) => Promise<void>): Promise<void> {
    const pages: Page[] = [];
    const show = async (): Promise<void> => {
      if (pages.length > 0) await arrived(pages.splice(0));
    };
    try {
      await read(async (page) => {
        pages.push(page);
        if (page.processedThrough !== undefined) await show();
      });
    } catch (error) {
      if (!this.closed) await show();
      throw error;
    }
  }

  /** A cursor that cannot be served: a new copy is built beside the old, which stays in sight meanwhile. */
  private async startAfresh(): Promise<void> {
    const { database, send, clientId } = this.owner;
    this.beside?.close();
    const beside = (this.beside = new Cache(newCacheName(database.personId)));
    const fresh = new Truth();
    const cursor = await bootstrap({ send, clientId: clientId(), cache: beside }, (rows) => void fresh.apply(rows));
    await database.useCache(beside.name);
    this.cache?.close();
    this.cache = beside;
    this.beside = undefined;
    this.cursor = cursor;
    this.truth = fresh;
    this.isNew = true;
    await dropCaches(database.personId, beside.name);
  }
}
