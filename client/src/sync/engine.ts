import { batch, signal } from '@preact/signals';

import { SendError, type Send } from '../api/send';
import { serverAhead, serverHeard } from '../clock';
import { newId } from '../ids';
import { COLLECTIONS } from '../model';
import { Copy } from './copy';
import { UserDatabase } from './database';
import { drain, type Fault } from './drain';
import type { Entry, Problem, TrayEntry } from './entry';
import { introduce, sayHello } from './introduction';
import { Outbox, type Settlement, type Wanted } from './outbox';
import type { Page } from './pull';
import type { Resent } from './receipts';
import { report } from './status';
import type { Told } from './tabs';
import type { Removed, Rows, Truth } from './truth';
import { Visible } from './visible';

/** How often an entry may fail for a fault of the server's own before it is given up. */
const TRIES = 5;

/** A server that never agrees with us must not be asked without a pause. */
const MOST_TURNS = 20;

const BROKEN: Problem = { code: 'PARKED', message: '' };

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
  readonly tray = signal<readonly TrayEntry[]>([]);
  private readonly copy: Copy;
  private entries: Entry[] = [];
  private clientId = '';
  private registered = false;
  private running: Promise<void> | undefined;
  private again = false;
  /** The server has not reached a number that it had judged: our counts have parted. */
  private parted = false;
  private hearing: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    readonly personId: string,
    private readonly outside: Outside,
  ) {
    this.database = new UserDatabase(personId);
    this.outbox = new Outbox(this.database);
    this.copy = new Copy({
      database: this.database,
      send: this.send,
      clientId: () => this.clientId,
      tell: (told) => outside.tell(told),
      read: (rows) => this.apply(rows, {}),
      arrived: (page) => this.arrived(page),
      replaced: (truth) => this.visible.rebuild(this.entries, COLLECTIONS, truth),
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
    const [lastSyncedAt, resent] = await Promise.all([this.database.read<number>('lastSyncedAt'), this.database.read<Resent>('resent')]);
    report({ lastSyncedAt: lastSyncedAt ?? null, resent: resent ?? null });
    // Until the server says it anew, the clock is taken to be as wrong as it was.
    if (!serverHeard.peek()) serverAhead.value = (await this.database.read<number>('serverAhead')) ?? 0;
  }

  /** The person has read what became of the restored server. */
  async acknowledgeResent(): Promise<void> {
    await this.database.meta.delete('resent');
    report({ resent: null });
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
  }

  /** Resolves when the tap is on the disk; then it is shown. */
  async add(wanted: Wanted): Promise<Entry> {
    const entry = await this.outbox.add(wanted);
    if (!this.entries.some((one) => one.clientSeq === entry.clientSeq)) {
      this.entries = [...this.entries, entry];
      this.visible.append(entry);
    }
    this.count();
    this.outside.tell({ kind: 'entries' });
    if (wanted.replaces) await this.reload();
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
    this.running = this.cycles().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** What another tab has done, in the order that it says it. */
  hear(told: Told): Promise<void> {
    const heard = this.hearing.then(() => this.take(told));
    this.hearing = heard.catch(() => undefined);
    return heard;
  }

  private async take(told: Told): Promise<void> {
    if (this.closed) return;
    if (told.kind === 'page') this.apply(told.rows as Rows, told.removed as Removed);
    else if (told.kind === 'entries') await this.reload();
    else if (told.kind === 'reload') {
      await this.copy.open();
      await this.reload();
    }
  }

  /** A full disk: what can be fetched again makes room for what cannot. What is shown stays. */
  async makeRoom(): Promise<void> {
    await this.copy.makeRoom();
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

  private async cycles(): Promise<void> {
    let turns = 0;
    do {
      turns += 1;
      this.again = false;
      try {
        await this.cycle();
      } catch (error) {
        if (!(error instanceof SendError) || error.failure !== 'forbidden' || !this.registered) throw error;
        // A server that was restored may not know this store any more. It is told once more, then believed.
        this.registered = false;
        await this.cycle();
      }
    } while (this.again && !this.closed && turns < MOST_TURNS);
  }

  private async cycle(): Promise<void> {
    // Another tab has thrown it away, or the browser has: what is in memory may be old.
    if (!this.copy.isOpen) await this.copy.open();
    await this.register();
    if ((await this.isRestored()) || (await this.outbox.hasUnheardOfAnOlderApp())) await this.copy.hearNews();
    const fault = await drain({
      outbox: this.outbox,
      send: this.send,
      clientId: this.clientId,
      known: this.copy.knows,
      reconcile: () => this.reconcile(),
      changed: () => this.entriesChanged(),
    });
    await this.copy.hearNews();
    if (this.parted) await this.reconcile();
    if (fault) await this.blame(fault);
  }

  /** Counted only now that the server has shown itself well otherwise: a lost database must not park what waits. */
  private async blame({ entry, problems }: Fault): Promise<void> {
    const failures = await this.outbox.noteFailure(entry.clientMutationId);
    if (failures > 0 && failures < TRIES) throw new SendError('busy', 'FAILED');
    if (failures > 0) await this.outbox.park(entry.clientMutationId, problems.length ? problems : [BROKEN], this.copy.knows, 'PARKED');
    await this.entriesChanged();
    this.again = true;
  }

  private async register(): Promise<void> {
    if (this.registered) return;
    const { evicted } = await introduce(this.database, this.send, this.clientId);
    this.registered = true;
    if (evicted) report({ evicted: true });
  }

  /** Rows are on the disk, entries go after: killed in between, an entry is shown on top of its own result for a moment. */
  private async arrived({ rows, removed, processedThrough, verdicts }: Page): Promise<void> {
    if (processedThrough !== undefined) this.settled(await this.outbox.settle(processedThrough, verdicts));
    const { entries, tray } = await this.outbox.read();
    batch(() => {
      this.entries = entries;
      this.tray.value = tray;
      this.apply(rows, removed);
    });
    this.count();
    this.outside.tell({ kind: 'page', rows, removed });
    if (processedThrough !== undefined) this.outside.tell({ kind: 'entries' });
  }

  private settled({ parted, forgot, resent }: Settlement): void {
    if (parted) this.parted = true;
    if (resent) report({ resent });
    if (resent || forgot) this.again = true;
  }

  /** The server came back from a backup, and has not said yet what it knows of ours. */
  private async isRestored(): Promise<boolean> {
    return (await this.database.read<boolean>('restored')) ?? false;
  }

  private apply(rows: Rows, removed: Removed): void {
    this.visible.rebuild(this.entries, this.copy.truth.apply(rows, removed));
  }

  /** The server's count of our entries and our own have parted: what it has not processed gets numbers anew. */
  private async reconcile(): Promise<void> {
    const { lastSeq } = await sayHello(this.database, this.send, this.clientId);
    // What it has lost goes before what waits, since that may build on it.
    if (await this.isRestored()) await this.copy.hearNews();
    else await this.outbox.renumber(lastSeq);
    await this.entriesChanged();
    this.parted = false;
    this.again = true;
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
      this.visible.rebuild(entries);
    });
    this.count();
  }

  private count(): void {
    const waiting = this.entries.filter((entry) => !entry.verdict && entry.verb !== 'skipEntry').length;
    report({ waiting, refused: this.tray.peek().length });
  }
}
