import { SendError, type Send } from '../api/send';
import { isServerTimeKnown } from '../clock';
import type { Copy } from './copy';
import type { UserDatabase } from './database';
import { drain, type Fault } from './drain';
import type { Problem } from './entry';
import { introduce, sayHello } from './introduction';
import type { Outbox, Settlement } from './outbox';
import { report } from './status';

/** How often an entry may fail for a fault of the server's own before it is given up. */
const TRIES = 5;

/** A server that never agrees with us must not be asked without a pause. */
const MOST_TURNS = 20;

const BROKEN: Problem = { code: 'PARKED', message: '' };

interface Owner {
  database: UserDatabase;
  outbox: Outbox;
  copy: Copy;
  send: Send;
  clientId(): string;
  /** Entries have changed on the disk. */
  changed(): Promise<void>;
  isClosed(): boolean;
  /** Puts back what the browser has thrown away. */
  restock(): Promise<void>;
}

/** A store's talk with the server: it names itself, sends what waits, hears what is new, and mends what has parted. */
export class Cycle {
  private registered = false;
  private running: Promise<void> | undefined;
  private again = false;
  /** The server has not reached a number that it had judged: our counts have parted. */
  private parted = false;

  constructor(private readonly owner: Owner) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  /** One at a time; asked meanwhile, it runs once more. Throws SendError. */
  run(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.turns().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  /** What a pull has brought to light about our entries. */
  settled({ parted, forgot, resent }: Settlement): void {
    if (parted) this.parted = true;
    if (resent) report({ resent });
    if (resent || forgot) this.again = true;
  }

  private async turns(): Promise<void> {
    let turns = 0;
    do {
      turns += 1;
      this.again = false;
      try {
        await this.turn();
      } catch (error) {
        if (!(error instanceof SendError) || error.failure !== 'forbidden' || !this.registered) throw error;
        // A server that was restored may not know this store any more. It is told once more, then believed.
        this.registered = false;
        await this.turn();
      }
    } while (this.again && !this.owner.isClosed() && turns < MOST_TURNS);
  }

  private async turn(): Promise<void> {
    const { outbox, copy, send, clientId, changed } = this.owner;
    await this.owner.restock();
    // Another tab has thrown it away, or the browser has: what is in memory may be old.
    if (!copy.isOpen) await copy.open();
    await this.register();
    if ((await this.isRestored()) || (await outbox.hasUnheardOfAnOlderApp())) await copy.hearNews();
    const fault = await drain({ outbox, send, clientId: clientId(), known: copy.knows, reconcile: () => this.reconcile(), changed });
    await copy.hearNews();
    if (this.parted) await this.reconcile();
    if (fault) await this.blame(fault);
  }

  /** Counted only now that the server has shown itself well otherwise: a lost database must not park what waits. */
  private async blame({ entry, problems }: Fault): Promise<void> {
    const { outbox, copy, changed } = this.owner;
    const failures = await outbox.noteFailure(entry.clientMutationId);
    if (failures > 0 && failures < TRIES) throw new SendError('busy', 'FAILED');
    if (failures > 0) await outbox.park(entry.clientMutationId, problems.length ? problems : [BROKEN], copy.knows, 'PARKED');
    await changed();
    this.again = true;
  }

  private async register(): Promise<void> {
    // Also where the time is not known: what was tapped is to be sent with the time that it had.
    if (this.registered && isServerTimeKnown()) return;
    const { database, send, clientId } = this.owner;
    const { evicted } = await introduce(database, send, clientId());
    this.registered = true;
    if (evicted) await database.tell({ evicted: true });
  }

  /** The server's count of our entries and our own have parted: what it has not processed gets numbers anew. */
  private async reconcile(): Promise<void> {
    const { database, outbox, copy, send, clientId, changed } = this.owner;
    const { lastSeq } = await sayHello(database, send, clientId());
    // What it has lost goes before what waits, since that may build on it.
    if (await this.isRestored()) await copy.hearNews();
    else await outbox.renumber(lastSeq);
    await changed();
    this.parted = false;
    this.again = true;
  }

  /** The server came back from a backup, and has not said yet what it knows of ours. */
  private async isRestored(): Promise<boolean> {
    return (await this.owner.database.read<boolean>('restored')) ?? false;
  }
}
