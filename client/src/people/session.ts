import { computed, signal, type ReadonlySignal } from '@preact/signals';

import { SignInDocument, SignOutDocument, ViewerDocument } from '../api/generated/graphql';
import { send, SendError } from '../api/send';
import type { Problem } from '../sync/entry';
import { purge } from '../sync/leaving';
import { pauseOnline } from '../sync/patience';
import { report, status } from '../sync/status';
import { actAs, closeStore, kick, openStore, store } from '../sync/store';
import { colleagues, countOthers } from './colleagues';
import * as device from './device';
import type { Expelled, Known } from './device';
import { expel, farewell, seeToTheOthers, standingOf } from './expulsion';
import { idleMsOf, leaseMsOf, rememberedOf } from './known';
import { meOf, type Me } from './me';
import { hashPin, isPin, TRIES } from './pin';

export type State = 'opening' | 'signedOut' | 'locked' | 'open';

/** How long leaving waits for the server. */
const PATIENCE = 4_000;

const known = signal<Known | null>(null);
const state = signal<State>('opening');
/** Why one has to sign in: nothing, the lease has ended, too many wrong PINs, or no place here any more. */
const reason = signal<'' | 'LEASE_ENDED' | 'WRONG_PIN' | Expelled>('');

export const session: ReadonlySignal<{ state: State; reason: string }> = computed(() => ({
  state: state.value,
  reason: reason.value,
}));

export const me: ReadonlySignal<Me | null> = computed(() => (known.value && state.value !== 'signedOut' ? meOf(known.value) : null));

/** Opens the app as it was left: with no network, after a reload, after an update. */
export async function resume(): Promise<void> {
  const last = await device.current();
  if (!last) {
    known.value = null;
    state.value = 'signedOut';
    await countColleagues();
    void paySignOut();
    void seeToStandings();
    return;
  }
  if (Date.now() > last.leaseEndsAt) {
    reason.value = 'LEASE_ENDED';
    state.value = 'signedOut';
    void seeToStandings();
    return;
  }
  known.value = last;
  if (last.locked && last.pin) state.value = 'locked';
  else await openUp(last);
  await countColleagues();
  void seeToStandings();
}

export async function signIn(email: string, password: string): Promise<{ problems: Problem[] }> {
  const language = document.documentElement.lang || 'en';
  const { signIn: answer } = await send(SignInDocument, { email, password, language });
  if (answer.problems.length > 0) return { problems: answer.problems as Problem[] };
  await device.oweSignOut(false);
  const { viewer } = await send(ViewerDocument, {});
  const before = await device.person(viewer.person.uuid);
  const now = rememberedOf(viewer, before);
  await device.remember(now);
  await device.setCurrent(now.personId);
  reason.value = '';
  farewell.value = null;
  await openUp(now);
  void seeToStandings();
  return { problems: [] };
}

/** Leaves: what was not sent stays, locked for its author; everything else of theirs is removed. Says how much stays. */
export async function signOut(): Promise<{ unsent: number }> {
  const leaving = known.peek();
  if (!leaving) return { unsent: 0 };
  await device.oweSignOut(true);
  await putAway();
  const unsent = await purge(leaving.personId);
  if (unsent === 0) await device.forget(leaving.personId);
  else await device.change(leaving.personId, { locked: true, leaseEndsAt: 0 });
  await Promise.race([paySignOut(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  await countColleagues();
  return { unsent };
}

/** Ends the session at the server, now or when it can be reached: the cookie is out of our reach. */
async function paySignOut(): Promise<void> {
  if (!(await device.owesSignOut())) return;
  await send(SignOutDocument, {}).then(
    () => device.oweSignOut(false),
    () => undefined,
  );
}

/** Closes the store, here and in the other tabs; nobody is signed in on this tablet any more. */
async function putAway(): Promise<void> {
  await closeStore();
  await device.setCurrent(null);
  known.value = null;
  state.value = 'signedOut';
}

device.onTaken((personId) => {
  if (known.peek() && known.peek()?.personId !== personId) void closeStore().then(resume);
});

/** Hides everything behind the PIN; without one there is nothing to lock with. */
export async function lock(): Promise<void> {
  const of = known.peek();
  if (!of?.pin || state.peek() !== 'open') return;
  await remember({ locked: true });
  state.value = 'locked';
  await closeStore();
}

export async function unlock(pin: string): Promise<boolean> {
  const of = known.peek();
  if (!of?.pin) return false;
  if (await isPin(pin, of.pin)) {
    await remember({ locked: false, pin: { ...of.pin, wrong: 0 } });
    await openUp(known.peek()!);
    return true;
  }
  const wrong = of.pin.wrong + 1;
  await remember({ pin: { ...of.pin, wrong } });
  if (wrong >= TRIES) {
    await device.change(of.personId, { leaseEndsAt: 0 });
    reason.value = 'WRONG_PIN';
    state.value = 'signedOut';
  }
  return false;
}

/** Whether the PIN is right, without opening anything: for leaving the privacy view. */
export async function checkPin(pin: string): Promise<boolean> {
  const of = known.peek();
  return of?.pin ? isPin(pin, of.pin) : true;
}

export async function setPin(pin: string): Promise<void> {
  await remember({ pin: { ...(await hashPin(pin)), wrong: 0 } });
}

/** Puts this one away behind their PIN, and shows who else has used the tablet. */
export async function changePerson(): Promise<void> {
  if (known.peek()?.pin) await remember({ locked: true });
  await putAway();
  await countColleagues();
}

/** A colleague takes the tablet: their PIN opens their own store, or their password does. */
export async function take(personId: string): Promise<boolean> {
  const theirs = await device.person(personId);
  if (!theirs?.pin || Date.now() > theirs.leaseEndsAt) return false;
  await device.setCurrent(personId);
  known.value = theirs;
  state.value = 'locked';
  return true;
}

export async function setActingIn(showroomId: string): Promise<void> {
  await remember({ actingIn: showroomId });
  actAs(showroomId);
}

/** Settings that show at once, before the server has heard of them. */
export async function setMine(part: Partial<Pick<Known, 'language' | 'theme'>>): Promise<void> {
  await remember(part);
}

async function openUp(of: Known): Promise<void> {
  known.value = of;
  await openStore({ personId: of.personId, showroomId: of.actingIn, barred });
  state.value = 'open';
  void renew();
}

/** Asks who is signed in: the answer renews the lease, or says that somebody else's cookie is here. */
async function renew(): Promise<void> {
  const of = known.peek();
  if (!of) return;
  const waited = store.isWaiting(of.personId);
  try {
    const { viewer } = await send(ViewerDocument, {});
    const still = known.peek();
    if (still?.personId !== of.personId) return;
    if (viewer.person.uuid !== of.personId) {
      report({ signInNeeded: true });
      return;
    }
    // What they have chosen here and the server has not judged yet is newer than what it says.
    const chosen = waited || store.isWaiting(of.personId) || still.language !== of.language || still.theme !== of.theme;
    const now = { ...rememberedOf(viewer, still), locked: still.locked, ...(chosen ? { language: still.language, theme: still.theme } : {}) };
    await device.remember(now);
    known.value = now;
  } catch (error) {
    if (error instanceof SendError && error.failure === 'unauthenticated') report({ signInNeeded: true });
  }
}

/** The queue is paused. Why: a session that ended and a colleague's cookie want a sign-in, an expulsion is for good. */
async function barred(): Promise<void> {
  const of = known.peek();
  if (of && (await heed(of)) === 'SIGN_IN') report({ signInNeeded: true });
}

/** Asks what the server says of this person on this tablet; whoever may not go on here is shown out. */
async function heed(of: Known): Promise<string | undefined> {
  const standing = of.expelled ?? (await standingOf(of.personId));
  if ((await device.current())?.personId !== of.personId) return undefined;
  if (standing !== 'LEFT' && standing !== 'REVOKED') return standing;
  reason.value = standing;
  await putAway();
  farewell.value = await expel(of.personId, standing);
  return standing;
}

/** While no store is open nothing else would tell: whoever used this tablet last, and all the others. */
async function seeToStandings(): Promise<void> {
  const last = await device.current();
  if (last && state.peek() !== 'open') await heed(last);
  await seeToTheOthers();
  await countColleagues();
}

async function remember(part: Partial<Known>): Promise<void> {
  const of = known.peek();
  if (!of) return;
  known.value = { ...of, ...part };
  await device.change(of.personId, part);
}

const countColleagues = (): Promise<void> => countOthers(known.peek()?.personId);

/** The browser has thrown away everything, also who is here. */
status.subscribe(({ restocked }) => {
  const of = known.peek();
  if (restocked && of) void device.remember(of).then(() => device.keepCurrent(of.personId));
});

/** The lease moves on with every contact with the server. */
status.subscribe((now) => {
  const of = known.peek();
  if (!of || !now.lastSyncedAt || now.signInNeeded) return;
  const until = now.lastSyncedAt + leaseMsOf(of);
  if (until - of.leaseEndsAt > 60_000) void remember({ leaseEndsAt: until });
});

let lastActive = Date.now();

/** Locks after the showroom's idle time, where there is a PIN to open with again. */
export function watchIdleness(): void {
  for (const event of ['pointerdown', 'keydown', 'pageshow'] as const) {
    window.addEventListener(event, () => (lastActive = Date.now()), { passive: true });
  }
  window.addEventListener('online', () => setTimeout(() => void seeToStandings(), pauseOnline()));
  setInterval(() => {
    const of = known.peek();
    if (of && Date.now() - lastActive > idleMsOf(of)) void lock();
    if (of && state.peek() === 'open' && Date.now() > of.leaseEndsAt) void leaseEnded();
  }, 5_000);
}

async function leaseEnded(): Promise<void> {
  await closeStore();
  reason.value = 'LEASE_ENDED';
  state.value = 'signedOut';
  void seeToStandings();
}

export { colleagues, kick, type Me };
