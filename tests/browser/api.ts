import { randomUUID } from 'node:crypto';
import { PASSWORD } from './people.ts';
import type { Server } from './server.ts';

type Json = Record<string, any>;

/** What the server holds, as a program with a bearer token sees it. */
export class Api {
  private static readonly known = new Map<string, Promise<Api>>();

  private constructor(private readonly url: string, private readonly token: string) {}

  /** One session for all the stories of a server: sign-ins from one address are throttled. */
  static of(server: Server, email: string): Promise<Api> {
    const key = `${server.url} ${email}`;
    const api = this.known.get(key) ?? this.signedIn(server.url, email);
    this.known.set(key, api);
    return api;
  }

  private static async signedIn(url: string, email: string): Promise<Api> {
    const query = 'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }';
    const answer = await post(url, { query, variables: { email, password: PASSWORD } });
    return new Api(url, answer.signIn.token);
  }

  ask(query: string, variables: Json = {}): Promise<Json> {
    return post(this.url, { query, variables }, { authorization: `Bearer ${this.token}` });
  }

  /** Rows of everything that a story may add to; made twice, one of these is too many. */
  async counts(): Promise<Json> {
    const answer = await this.ask(`{
      customers { totalCount } leads { totalCount } visits { totalCount } testDrives { totalCount }
      followUps { totalCount } done: followUps(filter: { status: [DONE] }) { totalCount }
    }`);
    return Object.fromEntries(Object.entries(answer).map(([name, { totalCount }]) => [name, totalCount]));
  }

  async customersWith(text: string): Promise<Json[]> {
    const found = await this.ask(`query ($text: String!) {
      customers(filter: { text: $text }, first: 3) { nodes {
        uuid name note contactPoints { value } leads(first: 3) { uuid level status nextStepAt wanted { model } }
        visits(first: 3) { uuid kind party arrivedAt completedAt }
      } }
    }`, { text });
    return found.customers.nodes;
  }
}

async function post(url: string, body: Json, headers: Record<string, string> = {}): Promise<Json> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body),
  });
  const answer = await response.json() as { data?: Json; errors?: { message: string }[] };
  if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('; '));
  return answer.data!;
}

export const newId = (): string => randomUUID();
