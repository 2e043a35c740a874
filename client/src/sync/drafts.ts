import { effect, signal, untracked, type Signal } from '@preact/signals';

import { isQuota } from './cache';
import type { UserDatabase } from './database';
import { report } from './status';

const open = new Map<string, { value: Signal<unknown>; initial: unknown; stop: () => void; kept: boolean }>();
let database: UserDatabase | undefined;

/** Drafts that are neither empty nor saved yet: an app update waits for them. */
export const unsavedDrafts = signal(0);

/** Half-filled forms, saved as they are typed. The same key gives the same signal until it is cleared. */
export function draft<T>(key: string, initial: T): Signal<T> {
  const known = open.get(key);
  if (known) return known.value as Signal<T>;
  const value = signal(initial);
  open.set(key, { value: value as Signal<unknown>, initial, stop: () => undefined, kept: false });
  void restore(key);
  return value;
}

/** The form was given up or handed in: it begins afresh. */
export async function clearDraft(key: string): Promise<void> {
  forgetDraft(key);
  await database?.drafts.delete(key);
}

/** The entry's own transaction has removed it already. */
export function forgetDraft(key: string): void {
  const known = open.get(key);
  known?.stop();
  open.delete(key);
}

export function openDrafts(of: UserDatabase): void {
  database = of;
  for (const key of open.keys()) void restore(key);
}

export function closeDrafts(): void {
  for (const key of [...open.keys()]) forgetDraft(key);
  database = undefined;
}

/** What was typed before; typing that is faster than the disk wins over what the disk says. */
async function restore(key: string): Promise<void> {
  const known = open.get(key);
  if (!known || !database) return;
  const kept = await database.drafts.get(key);
  known.kept = kept !== undefined;
  if (kept && known.value.peek() === known.initial) known.value.value = kept.value;
  if (open.get(key) !== known) return;
  known.stop();
  known.stop = effect(() => {
    const value = known.value.value;
    // Saving counts what is unsaved: that must not wake this effect again.
    untracked(() => void keep(key, value, known.initial));
  });
}

async function keep(key: string, value: unknown, initial: unknown): Promise<void> {
  const known = open.get(key);
  if (!database || !known || (value === initial && !known.kept)) return;
  unsavedDrafts.value += 1;
  try {
    known.kept = value !== initial;
    if (known.kept) await database.drafts.put({ key, value, at: Date.now() });
    else await database.drafts.delete(key);
  } catch (error) {
    if (isQuota(error)) report({ quota: true });
    else if (open.get(key) === known) console.error(error);
  } finally {
    unsavedDrafts.value -= 1;
  }
}
