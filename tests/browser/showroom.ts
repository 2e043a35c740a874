import { test as base, type BrowserContext } from '@playwright/test';
import { Server } from './server.ts';

export { expect } from '@playwright/test';

/** Every story has a server of its own, filled with the demo; `page` and `context` belong to it. */
export const test = base.extend<{ client: string | undefined; server: Server; quiet: void }>({
  client: undefined,
  server: async ({ client }, use, info) => {
    const server = await Server.start({ client });
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.printed, contentType: 'text/plain' });
    }
    await server.remove();
  },
  baseURL: async ({ server }, use) => use(server.url),
  // No story may pass over an uncaught error or over something that the content security policy has stopped.
  quiet: [async ({ context, browser }, use) => {
    const faults: string[] = [];
    const listen = (to: BrowserContext) => {
      to.on('weberror', (fault) => faults.push(String(fault.error().stack ?? fault.error())));
      to.on('console', (said) => /content security policy/i.test(said.text()) && faults.push(said.text()));
    };
    listen(context);
    browser.on('context', listen);
    await use();
    browser.off('context', listen);
    base.expect(faults).toEqual([]);
  }, { auto: true }],
});
