import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';

import { send, SendError } from '../api/send';
import type { Collections } from '../model';
import { isQuota } from './cache';
import { closeDrafts, forgetDraft, openDrafts } from './drafts';
import { Engine } from './engine';
import type { Entry, Problem, TrayEntry } from './entry';
import { Line } from './line';
import { mutatorOf, upgraded, type Mutator } from './mutator';
import { wantedOf } from './outbox';
import { pauseAfter } from './patience';
import { initially, report, shared, status, type Notice } from './status';
import { Tabs, type Told } from './tabs';
import { isAnythingUnkept } from './unkept';
import { watchWaking } from './waking';

type Name = keyof Collections;

/** How often the disk is tried again for what it had no room for. */
const KEEP_MS = 10_000;

/** The open store of whoever uses this tablet now; one at a time. */
const engine = signal<Engine | undefined>(undefined);
let opening: Opening | undefined;
let tabs: Tabs | undefined;
let line: Line | undefined;
let stop: (() => void)[] = [];
let failures = 0;
let retry: ReturnType<typeof setTimeout> | undefined;
let watched: Promise<void> | undefined;

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

export const tray: ReadonlySignal<readonly TrayEntry[]> = computed(() => (engine.value?.tray.value ?? []).map(ofToday));

export interface Handle {
  clientMutationId: string;
  /** Takes it back while it is held; false when it is on its way. */
  undo(): Promise<boolean>;
}

export interface Opening {
  personId: string;
  showroomId: string;
  /** The server says that this store is not ours to use, or that nobody is signed in. */
  barred(): Promise<void>;
}

/** Opens a person's store and keeps it in step with the server until `closeStore`. */
export async function openStore(given: Opening): Promise<void> {
  await closeStore();
  opening = given;
  const opened = new Engine(given.personId, { send, tell: (told) => tabs?.tell(told) });
  const early: Told[] = [];
  let ready = false;
  const hear = (told: Told): void => {
    if (told.kind === 'kick') return tabs?.leading ? kick() : undefined;
    if (told.kind === 'status') report(told.part);
    else opened.hear(told).catch((error: unknown) => unlessClosed(opened, error));
  };
  // Listening before reading: what another tab stores while this one opens must not be missed.
  const ours = (tabs = new Tabs(given.personId, (told) => (ready ? hear(told) : early.push(told)), lead));
  await opened.open();
  if (tabs !== ours) return opened.close();
  openDrafts(opened.database);
  line = new Line(opened.storeId, kick);
  engine.value = opened;
  ready = true;
  early.forEach(hear);
  ours.open();
  const unkept = setInterval(() => void keepUnkept(opened), KEEP_MS);
  stop = [watchWaking(() => void wake(opened)), effect(tellStatus), () => clearInterval(unkept)];
  kick();
  void askForStorage();
}

export async function closeStore(): Promise<void> {
  clearTimeout(retry);
  stop.forEach((end) => end());
  stop = [];
  line?.close();
  line = undefined;
  tabs?.close();
  tabs = undefined;
  closeDrafts();
  engine.peek()?.close();
  engine.value = undefined;
  failures = 0;
  // Another person's "last synced" must not be taken for the next one's.
  status.value = { ...initially, storage: status.peek().storage };
  await Promise.resolve();
}

export const actAs = (showroomId: string): void => {
  if (opening) opening = { ...opening, showroomId };
};

/** Saves a tap: resolves when it is on the disk. With `hold` it may be undone for six seconds. */
export async function add<V extends object>(
  mutator: Mutator<V>,
  variables: V,
  options: { draft?: string; hold?: boolean; replaces?: string; showroomId?: string } = {},
): Promise<Handle> {
  return keep({ ...wantedOf(mutator, variables), ...options, showroomId: options.showroomId ?? here() });
}

/** A refused entry, mended and sent again as a new one that names it. The old one leaves the tray with that. */
export async function sendAgain(refused: TrayEntry, variables: Record<string, unknown>): Promise<Handle> {
  const { verb, clientMutationId, showroomId } = refused;
  const version = mutatorOf(verb)?.version ?? refused.version;
  return keep({ verb, version, variables, showroomId, replaces: clientMutationId });
}

/** An entry under an id and of a moment that were there before: what somebody else had tapped. Once, however often. */
export async function addFor(given: { verb: string; version: number; variables: Record<string, unknown>; showroomId: string; id: string; at: string }): Promise<void> {
  await keep(given);
}

/** A person threw a refused entry away, and said so; the server keeps that in its audit. */
export async function discard(clientMutationId: string, reason: string): Promise<void> {
  const variables = { discardedId: clientMutationId, reason };
  await keep({ verb: 'discardEntry', version: 1, variables, showroomId: here(), replaces: clientMutationId });
}

/** What is in memory alone, to be shared by hand. */
export const unkept: ReadonlySignal<readonly Entry[]> = computed(() => engine.value?.unkept.entries.value ?? []);

/** The person has read it, and it need not be told again. */
export const acknowledge = (notice: Notice): Promise<void> => engine.peek()?.acknowledge(notice) ?? Promise.resolve();

/** What a refusal says, to be shown beside what was typed. */
export const problemsOf = (entry: TrayEntry): readonly Problem[] => entry.problems;

/** Sends and hears, now; the tab that leads does it. */
export function kick(): void {
  const open = engine.peek();
  if (!open || !tabs) return;
  if (!tabs.leading) {
    tabs.tell({ kind: 'kick' });
    return;
  }
  clearTimeout(retry);
  const cycle = open.sync();
  // Whoever asks while one runs gets that one, which is one success or one failure, however many have asked.
  if (cycle === watched) return;
  watched = cycle;
  cycle.then(
    () => void wentWell(open),
    (error: unknown) => void wentWrong(open, error),
  );
}

const here = (): string => opening?.showroomId ?? '';

/** Refused by an older app: shown, and mended, in the words of today's. */
function ofToday(entry: TrayEntry): TrayEntry {
  const version = mutatorOf(entry.verb)?.version ?? entry.version;
  const variables = version === entry.version ? entry.variables : upgraded(entry.verb, entry.version, entry.variables);
  return variables ? { ...entry, version, variables } : entry;
}

async function keep(wanted: Omit<Parameters<Engine['add']>[0], 'me'>): Promise<Handle> {
  const open = engine.peek();
  if (!open) throw new Error('Nobody is signed in on this tablet.');
  const entry = await saved(open, { ...wanted, me: open.personId });
  if (wanted.draft) forgetDraft(wanted.draft);
  if (wanted.hold) setTimeout(kick, Math.max(0, entry.heldUntil - Date.now()) + 50);
  else kick();
  return { clientMutationId: entry.clientMutationId, undo: () => open.undo(entry.clientMutationId) };
}

/** A full disk: what can be fetched again yields first, then it is held in memory, and the person is told. */
async function saved(open: Engine, wanted: Parameters<Engine['add']>[0]): ReturnType<Engine['add']> {
  try {
    const entry = await open.keepOrHold(wanted);
    report({ quota: !open.unkept.isEmpty });
    return entry;
  } catch (error) {
    if (isQuota(error)) report({ quota: true });
    throw error;
  }
}

/** What is in memory alone goes on the disk as soon as there is room; the browser asks before such a page is closed. */
async function keepUnkept(open: Engine): Promise<void> {
  if (open.unkept.isEmpty || open !== engine.peek()) return;
  if (await open.keepUnkept()) {
    report({ quota: false });
    kick();
  }
}

globalThis.window?.addEventListener('beforeunload', (event) => {
  if (isAnythingUnkept()) event.preventDefault();
});

function lead(leading: boolean): void {
  if (leading) {
    line?.open();
    kick();
  } else line?.close();
}

/** What failed in the tunnel says nothing about the light. */
async function wake(open: Engine): Promise<void> {
  failures = 0;
  await open.probe().catch((error: unknown) => unlessClosed(open, error));
  kick();
}

/** Only the tab that leads talks with the server; the others show what it found. */
function tellStatus(): void {
  const part = shared(status.value);
  if (tabs?.leading) tabs.tell({ kind: 'status', part });
}

async function wentWell(open: Engine): Promise<void> {
  if (open !== engine.peek()) return;
  failures = 0;
  report({ online: true });
  void keepUnkept(open);
  line?.welcomed();
  const due = await open.outbox.dueIn().catch(() => undefined);
  if (due === undefined || open !== engine.peek()) return;
  clearTimeout(retry);
  retry = setTimeout(kick, due + 50);
}

async function wentWrong(open: Engine, error: unknown): Promise<void> {
  if (open !== engine.peek()) return;
  failures += 1;
  clearTimeout(retry);
  retry = setTimeout(kick, pauseAfter(failures, error instanceof SendError ? error.retryAfter : 0));
  if (!(error instanceof SendError)) console.error(error);
  else if (error.failure === 'unauthenticated') report({ online: true, signInNeeded: true });
  else report({ online: error.failure !== 'network' });
  if (error instanceof SendError && (error.failure === 'forbidden' || error.failure === 'unauthenticated')) await opening?.barred();
}

/** What a closed store could not do any more is no news. */
function unlessClosed(open: Engine, error: unknown): void {
  if (!open.isClosed) console.error(error);
}

async function askForStorage(): Promise<void> {
  if (!globalThis.navigator?.storage?.persist) return;
  const kept = (await navigator.storage.persisted()) || (await navigator.storage.persist());
  report({ storage: kept ? 'persistent' : 'best-effort' });
}

export { status };
