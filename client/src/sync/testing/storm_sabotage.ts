// Tablets that do not keep their word: the real core with one fault planted. Nothing but a storm's test asks for them.
import { SendError } from '../../api/send';
import type { UserDatabase } from '../database';
import { Engine } from '../engine';
import { Outbox } from '../outbox';

const FAULTS: Record<string, () => void> = {
  /** An entry goes with its verdict, before its result has been pulled: what was typed is out of sight for a while. */
  settlesOnThePush() {
    after(async (outbox, verdicts) => {
      for (const { clientMutationId, outcome } of verdicts) {
        if (outcome !== 'REFUSED') await outbox.where({ clientMutationId }).delete();
      }
    });
  },
  /** What was refused is gone without a word. */
  forgetsRefusals() {
    after(async (_outbox, verdicts, tray) => {
      for (const { clientMutationId, outcome } of verdicts) if (outcome === 'REFUSED') await tray.delete(clientMutationId);
    });
  },
  /** A server that is busy has it all, this tablet believes. */
  dropsWhenBusy() {
    const sync = Engine.prototype.sync;
    Engine.prototype.sync = async function () {
      try {
        await sync.call(this);
      } catch (error) {
        if (error instanceof SendError && error.failure === 'busy') await this.database.outbox.filter((entry) => entry.attempts > 0).delete();
        throw error;
      }
    };
  },
};

/** Plants a fault into every tablet of this process. */
export function sabotage(name: string): void {
  FAULTS[name]!();
}

type Then = (outbox: UserDatabase['outbox'], verdicts: Parameters<Outbox['judge']>[0], tray: UserDatabase['tray']) => Promise<void>;

function after(then: Then): void {
  const judge = Outbox.prototype.judge;
  Outbox.prototype.judge = async function (verdicts) {
    await judge.call(this, verdicts);
    const { outbox, tray } = (this as unknown as { database: UserDatabase }).database;
    await then(outbox, verdicts, tray);
  };
}
