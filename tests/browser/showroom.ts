import { test as base, type BrowserContext } from '@playwright/test';
import { Server } from './server.ts';

export { expect } from '@playwright/test';

interface Story {
  /** The folder of another build of the app than client/dist. */
  client: string | undefined;
  server: Server;
  quiet: void;
}

/**
 * Stories that follow each other share a server with one demo; `page` and `context` belong to it. What a story adds
 * stays: count before and after, and give each visitor a number of their own. A story with another client has a
 * server of its own; so does the one after a failure.
 */
export const test = base.extend<Story, { shared: () => Promise<Server> }>({
  client: undefined,
  shared: [async ({}, use) => {
    let server: Promise<Server> | undefined;
    await use(() => (server ??= Server.start()));
    await (await server)?.remove();
  }, { scope: 'worker' }],
  server: async ({ client, shared }, use, info) => {
    const server = client ? await Server.start({ client }) : await shared();
    const from = server.printed.length;
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.printed.slice(from), contentType: 'text/plain' });
    }
    if (client) await server.remove();
  },
  baseURL: async ({ server }, use) => use(server.url),
  // No story may pass over an uncaught error or over something that the content security policy has stopped.
  quiet: [async ({ context, browser }, use) => {
    const faults: string[] = [];
    const others: BrowserContext[] = [];
    const listen = (to: BrowserContext) => {
      to.on('weberror', (fault) => faults.push(`${String(fault.error())} ${fault.error().stack ?? ''}`));
      to.on('console', (said) => /content security policy/i.test(said.text()) && faults.push(said.text()));
    };
    const meet = (other: BrowserContext) => {
      others.push(other);
      listen(other);
    };
    listen(context);
    browser.on('context', meet);
    await use();
    browser.off('context', meet);
    for (const other of others) await other.close();
    base.expect(faults).toEqual([]);
  }, { auto: true }],
});
