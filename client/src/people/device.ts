import Dexie, { type Table } from 'dexie';

/** They have left, or a manager has barred this tablet. */
export type Expelled = 'LEFT' | 'REVOKED';

/** Somebody who has signed in on this tablet. No token is here: the cookie is the server's, out of our reach. */
export interface Known {
  personId: string;
  name: string;
  email: string;
  language: string;
  theme: string;
  homeShowroomId: string;
  showrooms: { id: string; name: string; timeZone: string; currency: string; policies: Record<string, unknown> }[];
  roles: { showroomId: string; role: string }[];
  actingIn: string;
  signedInAt: number;
  /** After this moment nothing of customers is opened until the person signs in again. */
  leaseEndsAt: number;
  pin?: { salt: string; hash: string; wrong: number };
  locked: boolean;
  /** May not go on here: what is left of theirs waits to be handed to their manager. */
  expelled?: Expelled;
}

class DeviceDatabase extends Dexie {
  people!: Table<Known, string>;
  meta!: Table<{ key: string; value: unknown }, string>;

  constructor() {
    super('forecourt-device', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({ people: 'personId', meta: 'key' });
  }
}

const database = new DeviceDatabase();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('forecourt-device');

export const people = (): Promise<Known[]> => database.people.toArray();

export const person = (id: string): Promise<Known | undefined> => database.people.get(id);

export async function remember(known: Known): Promise<void> {
  await database.people.put(known);
}

export async function change(personId: string, part: Partial<Known>): Promise<void> {
  await database.people.update(personId, part);
}

export async function forget(personId: string): Promise<void> {
  await database.people.delete(personId);
}

export async function current(): Promise<Known | undefined> {
  const kept = await database.meta.get('current');
  return kept?.value ? person(kept.value as string) : undefined;
}

/** Nothing has changed but that the browser forgot it: nobody needs to hear. */
export async function keepCurrent(personId: string): Promise<void> {
  await database.meta.put({ key: 'current', value: personId });
}

/** Whoever uses the tablet from now on; the other tabs hear of it, since they share the cookie. */
export async function setCurrent(personId: string | null): Promise<void> {
  await database.meta.put({ key: 'current', value: personId });
  channel?.postMessage(personId);
}

/** Somebody else has taken the tablet in another tab, or everybody has left it. */
export function onTaken(taken: (personId: string | null) => void): void {
  if (channel) channel.onmessage = (event: MessageEvent<string | null>) => taken(event.data);
}

/** A sign-out that the server has not heard of yet. */
export const owesSignOut = async (): Promise<boolean> => Boolean((await database.meta.get('owesSignOut'))?.value);

export async function oweSignOut(owes: boolean): Promise<void> {
  await database.meta.put({ key: 'owesSignOut', value: owes });
}
