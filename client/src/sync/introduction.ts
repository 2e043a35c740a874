import { RegisterStoreDocument, ViewerDocument } from '../api/generated/graphql';
import { SendError, type Send } from '../api/send';
import { newId } from '../ids';
import type { UserDatabase } from './database';

/** What the server answers to a store that names itself. `evicted`: this device had another one before, and lost it. */
interface Welcome {
  lastSeq: number;
  evicted: boolean;
}

/** Makes the store known to the server. Throws SendError, `unauthenticated` where the cookie is a colleague's. */
export async function introduce(database: UserDatabase, send: Send, clientId: string): Promise<Welcome> {
  // The first time only: a store is its person's for ever, and the cookie may be a colleague's.
  if (!(await database.read('registered'))) {
    const { viewer } = await send(ViewerDocument, {});
    if (viewer.person.uuid !== database.personId) throw new SendError('unauthenticated', 'ANOTHER_PERSON');
  }
  const welcome = await sayHello(database, send, clientId);
  await database.write('registered', true);
  return welcome;
}

/** The server's count of this store. One that is behind what it had said before has been restored. */
export async function sayHello(database: UserDatabase, send: Send, clientId: string): Promise<Welcome> {
  const label = typeof navigator === 'undefined' ? '' : navigator.userAgent.slice(0, 120);
  const input = { clientMutationId: newId(), clientId, label };
  const { registerStore } = await send(RegisterStoreDocument, { input });
  if (registerStore.lastSeq < ((await database.read<number>('settled')) ?? 0)) await database.serverForgot();
  return registerStore;
}
