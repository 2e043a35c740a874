import { signal } from '@preact/signals';

import { isQuota } from './cache';
import type { Entry } from './entry';
import { entryOf, type Wanted } from './outbox';

/**
 * What the disk had no room for, in the order of taps: in memory only, shown with everything else and said to be so.
 * It has no number yet, so nothing of it is sent. As soon as there is room it goes into the outbox like any tap.
 */
export class Unkept {
  readonly entries = signal<readonly Entry[]>([]);
  private waiting: Wanted[] = [];
  private keeping: Promise<boolean> = Promise.resolve(true);

  get isEmpty(): boolean {
    return this.waiting.length === 0;
  }

  hold(wanted: Wanted): Entry {
    // No number of an outbox is so high: on the screen it comes after all that is kept.
    const entry = entryOf(wanted, Number.MAX_SAFE_INTEGER - 1_000_000 + this.waiting.length, 0);
    // From now on it is this very tap, also on the disk.
    this.waiting = [...this.waiting, { ...wanted, hold: false, id: entry.clientMutationId, at: entry.at }];
    this.entries.value = [...this.entries.peek(), entry];
    return entry;
  }

  /** A person took it back; false when it is not, or no longer, in memory alone. */
  drop(clientMutationId: string): boolean {
    if (!this.waiting.some((wanted) => wanted.id === clientMutationId)) return false;
    this.forget(clientMutationId);
    return true;
  }

  /** Puts them on the disk, in their order, as far as there is room. Whether nothing is left in memory alone. */
  keep(add: (wanted: Wanted) => Promise<unknown>): Promise<boolean> {
    this.keeping = this.keeping.catch(() => false).then(() => this.keepAll(add));
    return this.keeping;
  }

  private async keepAll(add: (wanted: Wanted) => Promise<unknown>): Promise<boolean> {
    for (const wanted of this.waiting) {
      try {
        await add(wanted);
      } catch (error) {
        if (isQuota(error)) return false;
        throw error;
      }
      this.forget(wanted.id!);
    }
    return true;
  }

  private forget(id: string): void {
    this.waiting = this.waiting.filter((wanted) => wanted.id !== id);
    this.entries.value = this.entries.peek().filter((entry) => entry.clientMutationId !== id);
  }
}

const held = new Map<string, Unkept>();

/** One for each person, for as long as the page lives: a lock or a sign-out must not be what loses it. */
export function unkeptOf(personId: string): Unkept {
  let unkept = held.get(personId);
  if (!unkept) held.set(personId, (unkept = new Unkept()));
  return unkept;
}

/** Closing the page would lose something of somebody. */
export const isAnythingUnkept = (): boolean => [...held.values()].some((unkept) => !unkept.isEmpty);

interface Keeper {
  readonly unkept: Unkept;
  add(wanted: Wanted): Promise<Entry>;
  keepUnkept(): Promise<boolean>;
  makeRoom(): Promise<void>;
}

/**
 * On the disk where there is room, or where the copy and the receipts have made some; else held in memory, behind what
 * is held already. What takes another entry's place is not held: that one would stay.
 */
export async function keepOrHold(keeper: Keeper, wanted: Wanted, held: (entry: Entry) => void): Promise<Entry> {
  const isRoom = await keeper.keepUnkept();
  try {
    if (isRoom || wanted.replaces) return await keeper.add(wanted);
  } catch (error) {
    if (!isQuota(error)) throw error;
    await keeper.makeRoom();
    const kept = await keeper.add(wanted).catch((still: unknown) => {
      if (!isQuota(still) || wanted.replaces) throw still;
    });
    if (kept) return kept;
  }
  const entry = keeper.unkept.hold(wanted);
  held(entry);
  return entry;
}
