import { dropCaches, UserDatabase } from './database';
import { unkeptOf } from './unkept';

/** How much of a person's is on this tablet alone: a count, nothing more. */
export const unsentOf = (personId: string): Promise<number> => using(personId, unsentIn);

/** The name of a person's store here, or nothing where they have none. */
export const clientIdOf = (personId: string): Promise<string | undefined> => using(personId, (database) => database.read<string>('clientId'));

/** Removes what the server has of a person who leaves; says how much of theirs is here alone, and stays. */
export async function purge(personId: string): Promise<number> {
  await dropCaches(personId);
  return using(personId, async (database) => {
    await database.forgetSettled();
    return unsentIn(database);
  });
}

/** What waits on the disk, and what the disk had no room for. */
const unsentIn = async (database: UserDatabase): Promise<number> =>
  (await database.unsent()) + unkeptOf(database.personId).entries.peek().length;

async function using<T>(personId: string, act: (database: UserDatabase) => Promise<T>): Promise<T> {
  const database = new UserDatabase(personId);
  try {
    return await act(database);
  } finally {
    database.close();
  }
}
