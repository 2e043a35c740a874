import type { Collections } from '../model';

type Name = keyof Collections;

/** What a verb's `show` may read and change: the visible state so far. Copies, never the truth. */
export interface Draft {
  get<C extends Name>(collection: C, id: string | null | undefined): Collections[C] | undefined;
  by<C extends Name>(collection: C, field: keyof Collections[C] & string, value: string): readonly Collections[C][];
  put<C extends Name>(collection: C, row: Collections[C]): void;
  /** Does nothing where there is no such row: it may have been taken away meanwhile. */
  patch<C extends Name>(collection: C, id: string | null | undefined, part: Partial<Collections[C]>): void;
  remove(collection: Name, id: string): void;
}

/** When, where and by whom an entry was made. */
export interface At {
  me: string;
  showroomId: string;
  /** The moment of the tap, by the device's clock set right by the server's. */
  now: string;
  /** A made-up id, the same at every run: for rows that the server gives ids of its own. */
  id(name: string): string;
}

export interface Mutator<V extends object = Record<string, unknown>> {
  /** The verb, as the API names it. */
  name: string;
  version: number;
  /** What the tablet shows until the server has spoken. Pure: it runs many times. */
  show(draft: Draft, variables: V, at: At): void;
}

/** A verb's variables: its input without what the outbox adds. */
export type VariablesOf<I> = Omit<I, 'clientMutationId' | 'happenedAt' | 'showroomId'>;

const registry = new Map<string, Mutator>();

/** Declares and registers what a verb shows. A verb has one mutator in the whole app. */
export function defineMutator<V extends object>(given: Omit<Mutator<V>, 'version'> & { version?: number }): Mutator<V> {
  const mutator: Mutator<V> = { version: 1, ...given };
  registry.set(mutator.name, mutator as unknown as Mutator);
  return mutator;
}

export const mutatorOf = (verb: string): Mutator | undefined => registry.get(verb);

type Upgrade = (variables: Record<string, unknown>) => Record<string, unknown>;

const upgrades = new Map<string, Upgrade>();

/** How entries that an older app saved as `verb` of version `from` become those of the next version. */
export function defineUpgrade(verb: string, from: number, upgrade: Upgrade): void {
  upgrades.set(`${verb}@${from}`, upgrade);
}

/** Variables as this app sends them, or undefined when it does not know the verb or the version any more. */
export function upgraded(verb: string, version: number, variables: Record<string, unknown>): Record<string, unknown> | undefined {
  const mutator = registry.get(verb);
  if (!mutator || version > mutator.version) return undefined;
  let current = variables;
  for (let at = version; at < mutator.version; at += 1) {
    const upgrade = upgrades.get(`${verb}@${at}`);
    if (!upgrade) return undefined;
    current = upgrade(current);
  }
  return current;
}
