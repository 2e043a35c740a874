import { batch, signal } from '@preact/signals';

import { SendError, type Send } from '../api/send';
import { isServerTimeKnown, serverAhead } from '../clock';
import { newId } from '../ids';
import { COLLECTIONS } from '../model';
import { Copy } from './copy';
import { Cycle } from './cycle';
import { UserDatabase } from './database';
import type { Entry, TrayEntry } from './entry';
import { Evicted, Outbox, type Wanted } from './outbox';
import type { Page } from './pull';
import { initially, report, type Notice } from './status';
import type { Told } from './tabs';
import type { Removed, Rows, Truth } from './truth';
import { keepOrHold, unkeptOf, type Unkept } from './unkept';
import { Visible } from './visible';

export interface Outside {
  send: Send;
  /** Says to the other tabs what happened here. */
  tell(told: Told): void;
}

/** The store of one person on this tablet: their entries, the truth as last heard, and what that shows. */
export class Engine {
  readonly database: UserDatabase;
  readonly outbox: Outbox;
  readonly visible: Visible;
  readonly unkept: Unkept;
  readonly tray = signal<readonly TrayEntry[]>([]);
  private readonly copy: Copy;
  private readonly cycle: Cycle;
  private entries: Entry[] = [];
  private clientId = '';
  private hearing: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    readonly personId: string,
    private readonly outside: Outside,
  ) {
    this.database = new UserDatabase(personId);
    this.outbox = new Outbox(this.database);
    this.unkept = unkeptOf(personId);
    this.copy = new Copy({
      database: this.database,
      send: this.send,
      clientId: () => this.clientId,
      tell: (told) => outside.tell(told),
      read: (rows) => this.apply([{ rows, removed: {} }]),
      arrived: (pages) => this.arrived(pages),
      replaced: (truth) => this.visible.rebuild(this.shown, COLLECTIONS, truth),
    });
    this.cycle = new Cycle({
      database: this.database,
      outbox: this.outbox,
      copy: this.copy,
      send: this.send,
      clientId: () => this.clientId,
      changed: () => this.entriesChanged(),
      isClosed: () => this.closed,
      restock: () => this.restock(),
    });
    this.visible = new Visible(this.copy.truth);
  }

  get storeId(): string {
    return this.clientId;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Opens what is on the disk: everything can be read and written from here on, with no network. */
  async open(): Promise<void> {
    await this.database.open();
    this.clientId = await this.database.readOrKeep('clientId', newId());
    await this.copy.open();
    await this.reload();
    const lastSyncedAt = (await this.database.read<number>('lastSyncedAt')) ?? null;
    report({ lastSyncedAt, ...(await this.database.unread()) });
    // Until the server says it anew, the clock is taken to be as wrong as it was.
    if (!isServerTimeKnown()) serverAhead.value = (await this.database.read<number>('serverAhead')) ?? 0;
  }

  /** The person has read it. */
  async acknowledge(notice: Notice): Promise<void> {
    await this.database.meta.delete(notice);
    report({ [notice]: initially[notice] });
  }

  /** From here on nothing is read or written, also by what is under way. */
  close(): void {
    this.closed = true;
    this.database.close();
    this.copy.close();
  }

  /** WebKit loses its connection to the disk while it sleeps: asks for something, and opens again if need be. */
  async probe(): Promise<void> {
    for (const database of [this.database, this.copy.database]) {
      try {
        await database?.meta.count();
      } catch {
        if (this.closed || !database) return;
        database.close({ disableAutoOpen: false });
        await database.open();
      }
    }
    await this.restock();
  }

  /** The browser threw the store away while it was open: what is in memory is put back, and the person is told. */
  private async restock(): Promise<void> {
    const put = await this.database.restock(this.clientId, this.entries, this.tray.peek());
    if (put) await this.database.tell({ restocked: true });
  }

  /** Resolves when the tap is on the disk; then it is shown. */
  async add(wanted: Wanted): Promise<Entry> {
    const entry = await this.outbox.add(wanted).catch(async (error: unknown) => {
      if (!(error instanceof Evicted)) throw error;
      await this.restock();
      return this.outbox.add(wanted);
    });
    if (!this.entries.some((one) => one.clientSeq === entry.clientSeq)) {
      this.entries = [...this.entries, entry];
      this.visible.append(entry);
    }
    this.count();
    this.outside.tell({ kind: 'entries' });
    if (wanted.replaces) await this.reload();
    return entry;
  }

  /** Like `add`; where the disk is full even without what can be fetched again, it is held in memory and shown as that. */
  keepOrHold(wanted: Wanted): Promise<Entry> {
    return keepOrHold(this, wanted, (entry) => {
      this.visible.append(entry);
      this.count();
    });
  }

  /** There may be room by now for what is in memory alone. Whether nothing is. */
  async keepUnkept(): Promise<boolean> {
    if (this.unkept.isEmpty) return true;
    const all = await this.unkept.keep((wanted) => this.outbox.add(wanted)).catch(() => false);
    await this.entriesChanged();
    return all;
  }

  async undo(clientMutationId: string): Promise<boolean> {
    const undone = this.unkept.drop(clientMutationId) || (await this.outbox.undo(clientMutationId));
    if (undone) await this.entriesChanged();
    return undone;
  }

  /** Sends what waits, then hears what is new. One at a time; asked meanwhile, it runs once more. Throws SendError. */
  sync(): Promise<void> {
    return this.cycle.run();
  }

  /** What another tab has done, in the order that it says it. */
  hear(told: Told): Promise<void> {
    const heard = this.hearing.then(() => this.take(told));
    this.hearing = heard.catch(() => undefined);
    return heard;
  }

  private async take(told: Told): Promise<void> {
    if (this.closed) return;
    if (told.kind === 'page' && this.copy.follows(told)) this.apply([{ rows: told.rows as Rows, removed: told.removed as Removed }]);
    else if (told.kind === 'entries') {
      // Entries go when their rows are on the disk; whoever wrote them may have been killed before they told of it.
      if (!this.cycle.isRunning) await this.copy.catchUp();
      await this.reload();
    } else if (told.kind === 'reload') {
      await this.copy.open();
      await this.reload();
    }
  }

  /** A full disk: what can be fetched again makes room for what cannot, then what the server has, too. What is shown stays. */
  async makeRoom(): Promise<void> {
    await this.copy.makeRoom();
    await this.outbox.forgetReceipts().catch(() => undefined);
  }

  /** Forgets what it holds of customers; what the person made stays. */
  async forgetTruth(): Promise<void> {
    await this.copy.forget();
    await this.reload();
  }

  /** For the invariants: the server's truth, as it is held here. */
  state(): ReturnType<Truth['state']> {
    return this.copy.truth.state();
  }

  /** Once closed, no answer is of use any more: whoever waits for one stops there. */
  private readonly send: Send = async (document, variables) => {
    const answer = this.closed ? undefined : await this.outside.send(document, variables);
    if (!answer || this.closed) throw new SendError('network', 'CLOSED');
    return answer;
  };

  /** Rows are on the disk, entries go after: killed in between, an entry is shown on top of its own result for a moment. */
  private async arrived(pages: readonly Page[]): Promise<void> {
    const { since } = pages[0]!;
    const { cursor, processedThrough, verdicts } = pages.at(-1)!;
    if (processedThrough !== undefined) this.cycle.settled(await this.outbox.settle(processedThrough, verdicts));
    const { entries, tray } = await this.outbox.read();
    batch(() => {
      this.entries = entries;
      this.tray.value = tray;
      this.apply(pages);
    });
    this.count();
    const [{ rows, removed }, more] = [pages[0]!, pages.length > 1];
    this.outside.tell(more ? { kind: 'reload' } : { kind: 'page', rows, removed, since, cursor });
    if (processedThrough !== undefined) this.outside.tell({ kind: 'entries' });
  }

  private apply(pages: readonly { rows: Rows; removed: Removed }[]): void {
    const { truth } = this.copy;
    const changed = pages.flatMap(({ rows, removed }) => [...truth.apply(rows, removed)]);
    this.visible.rebuild(this.shown, changed, truth);
  }

  private async entriesChanged(): Promise<void> {
    await this.reload();
    this.outside.tell({ kind: 'entries' });
  }

  private async reload(): Promise<void> {
    const { entries, tray } = await this.outbox.read();
    batch(() => {
      this.entries = entries;
      this.tray.value = tray;
      this.visible.rebuild(this.shown);
    });
    this.count();
  }

  /** Everything that waits, also what the disk had no room for. */
  private get shown(): readonly Entry[] {
    return [...this.entries, ...this.unkept.entries.peek()];
  }

  private count(): void {
    const unkept = this.unkept.entries.peek().length;
    const waiting = unkept + this.entries.filter((entry) => !entry.verdict && entry.verb !== 'skipEntry').length;
    report({ waiting, unkept, refused: this.tray.peek().length });
  }
}
