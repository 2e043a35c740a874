import { computed, signal, type ReadonlySignal } from '@preact/signals';

import { send, SendError } from '../api/send';
import type { Collections } from '../model';
import { closeDrafts, forgetDraft, openDrafts } from './drafts';
import { Engine } from './engine';
import type { Problem, TrayEntry } from './entry';
import { Line } from './line';
import type { Mutator } from './mutator';
import { wantedOf } from './outbox';
import { report, status } from './status';
import { Tabs } from './tabs';

type Name = keyof Collections;

/** The open store of whoever uses this tablet now; one at a time. */
const engine = signal<Engine | undefined>(undefined);
let showroomId = '';
let tabs: Tabs | undefined;
let line: Line | undefined;
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;

/** What the screens read: visible state, reactive. Empty while nobody is signed in. */
export const store = {
  get: <C extends Name>(name: C, id: string | null | undefined): Collections[C] | undefined =>
    engine.value?.visible.get(name, id),
  all: <C extends Name>(name: C): readonly Collections[C][] => engine.value?.visible.all(name) ?? [],
  by: <C extends Name>(name: C, field: keyof Collections[C] & string, value: string): readonly Collections[C][] =>
    engine.value?.visible.by(name, field, value) ?? [],
  /** Some waiting entry made or touched it: not confirmed yet. */
  isWaiting: (id: string): boolean => engine.value?.visible.isWaiting(id) ?? false,
  version: (name: Name): number => engine.value?.visible.version(name) ?? 0,
};

export const tray: ReadonlySignal<readonly TrayEntry[]> = computed(() => engine.value?.tray.value ?? []);

export interface Handle {
  clientMutationId: string;
  /** Takes it back while it is held; false when it is on its way. */
  undo(): Promise<boolean>;
}

export interface Opening {
  personId: string;
  showroomId: string;
  /** The server says that this store is not ours to use, or that nobody is signed in. */
  barred(error: SendError): Promise<void>;
}

/** Opens a person's store and keeps it in step with the server until `closeStore`. */
export async function openStore(opening: Opening): Promise<void> {
  await closeStore();
  showroomId = opening.showroomId;
  const opened = new Engine(opening.personId, {
    send,
    tell: (told) => tabs?.tell(told),
    barred: opening.barred,
  });
  await opened.open();
  openDrafts(opened.database);
  engine.value = opened;
  line = new Line(opened.storeId, kick);
  tabs = new Tabs(
    opening.personId,
    (told) => {
      if (told.kind === 'kick') kick();
      else void opened.hear(told);
    },
    (leading) => {
      if (leading) {
        line?.open();
        kick();
      } else line?.close();
    },
  );
  barred = opening.barred;
  tabs.open();
  void askForStorage();
}

let barred: Opening['barred'] = () => Promise.resolve();

export async function closeStore(): Promise<void> {
  clearTimeout(retry);
  line?.close();
  tabs?.close();
  closeDrafts();
  engine.peek()?.close();
  engine.value = undefined;
  await Promise.resolve();
}

export const actAs = (id: string): void => {
  showroomId = id;
};

export const openEngine = (): Engine | undefined => engine.peek();

/** Saves a tap: resolves when it is on the disk. With `hold` it may be undone for six seconds. */
export async function add<V extends object>(
  mutator: Mutator<V>,
  variables: V,
  options: { draft?: string; hold?: boolean; replaces?: string; showroomId?: string } = {},
): Promise<Handle> {
  return keep({ ...wantedOf(mutator, variables), ...options, showroomId: options.showroomId ?? showroomId });
}

/** A refused entry, mended and sent again as a new one that names it. The old one leaves the tray with that. */
export async function sendAgain(refused: TrayEntry, variables: Record<string, unknown>): Promise<Handle> {
  const { verb, version, clientMutationId, showroomId: at } = refused;
  return keep({ verb, version, variables, showroomId: at, replaces: clientMutationId });
}

/** A person threw a refused entry away, and said so; the server keeps that in its audit. */
export async function discard(clientMutationId: string, reason: string): Promise<void> {
  const variables = { discardedId: clientMutationId, reason };
  await keep({ verb: 'discardEntry', version: 1, variables, showroomId, replaces: clientMutationId });
}

/** What a refusal says, to be shown beside what was typed. */
export const problemsOf = (entry: TrayEntry): readonly Problem[] => entry.problems;

async function keep(wanted: Omit<Parameters<Engine['add']>[0], 'me'>): Promise<Handle> {
  const open = engine.peek();
  if (!open) throw new Error('Nobody is signed in on this tablet.');
  const entry = await saved(open, { ...wanted, me: open.personId });
  if (wanted.draft) forgetDraft(wanted.draft);
  if (wanted.hold) setTimeout(kick, Math.max(0, entry.heldUntil - Date.now()) + 50);
  else kick();
  return { clientMutationId: entry.clientMutationId, undo: () => open.undo(entry.clientMutationId) };
}

/** A full disk: what can be fetched again yields first. Then the person is told, and nothing is said to be saved. */
async function saved(open: Engine, wanted: Parameters<Engine['add']>[0]): ReturnType<Engine['add']> {
  try {
    return await open.add(wanted);
  } catch (error) {
    if (!isQuota(error)) throw error;
    await open.forgetTruth();
    try {
      return await open.add(wanted);
    } catch (still) {
      report({ quota: true });
      throw still;
    }
  }
}

const isQuota = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'QuotaExceededError' || String(error).includes('QuotaExceeded'));

/** Sends and hears, now; the tab that leads does it. */
export function kick(): void {
  const open = engine.peek();
  if (!open || !tabs) return;
  if (!tabs.leading) {
    tabs.tell({ kind: 'kick' });
    return;
  }
  clearTimeout(retry);
  open.sync().then(
    () => {
      failures = 0;
      report({ online: true });
    },
    (error: unknown) => void wentWrong(error),
  );
}

async function wentWrong(error: unknown): Promise<void> {
  if (!engine.peek()) return;
  failures += 1;
  if (!(error instanceof SendError)) console.error(error);
  else if (error.failure === 'unauthenticated') report({ online: true, signInNeeded: true });
  else if (error.failure === 'forbidden') {
    report({ online: true });
    await barred(error);
  } else report({ online: error.failure !== 'network' });
  const wait = Math.min(60_000, 1_000 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2);
  clearTimeout(retry);
  retry = setTimeout(kick, Math.max(wait, error instanceof SendError ? error.retryAfter : 0));
}

async function askForStorage(): Promise<void> {
  if (!navigator.storage?.persist) return;
  const kept = (await navigator.storage.persisted()) || (await navigator.storage.persist());
  report({ storage: kept ? 'persistent' : 'best-effort' });
}

export { status };
