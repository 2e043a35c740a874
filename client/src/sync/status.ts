import { signal } from '@preact/signals';

import type { Resent } from './receipts';

export type Storage = 'persistent' | 'best-effort' | 'unknown';

export interface Status {
  /** What the last request proved; `navigator.onLine` is only a hint. */
  online: boolean;
  waiting: number;
  refused: number;
  lastSyncedAt: number | null;
  bootstrapping: { done: number; total: number } | null;
  /** The server asked who we are: what waits, waits. */
  signInNeeded: boolean;
  storage: Storage;
  /** The disk is full: what is typed may not be kept. */
  quota: boolean;
  /** So many entries the disk had no room for: they are in memory alone, and must be shared by hand. */
  unkept: number;
  /** The browser had thrown away an earlier store of this person. */
  evicted: boolean;
  /** The browser has thrown the store away while it was open, and it was put back from memory. */
  restocked: boolean;
  /** The server came back from a backup, and what it had lost was sent again; until the person has read it. */
  resent: Resent | null;
}

export const initially: Status = {
  online: true,
  waiting: 0,
  refused: 0,
  lastSyncedAt: null,
  bootstrapping: null,
  signInNeeded: false,
  storage: 'unknown',
  quota: false,
  unkept: 0,
  evicted: false,
  restocked: false,
  resent: null,
};

/** What a person is told until they have said that they read it, also after the app was closed. */
export const NOTICES = ['evicted', 'restocked', 'resent'] as const;
export type Notice = (typeof NOTICES)[number];

export const status = signal<Status>(initially);

/** Changes some of the status; says nothing when it is the same. */
export function report(part: Partial<Status>): void {
  const before = status.peek();
  const changed = (Object.keys(part) as (keyof Status)[]).some((key) => before[key] !== part[key]);
  if (changed) status.value = { ...before, ...part };
}

type Shared = Pick<Status, 'online' | 'lastSyncedAt' | 'bootstrapping' | 'signInNeeded' | 'evicted' | 'restocked' | 'resent'>;

/** What the tab that talks with the server knows, and the others show. */
export const shared = ({ online, lastSyncedAt, bootstrapping, signInNeeded, evicted, restocked, resent }: Status): Shared => ({
  online,
  lastSyncedAt,
  bootstrapping,
  signInNeeded,
  evicted,
  restocked,
  resent,
});
