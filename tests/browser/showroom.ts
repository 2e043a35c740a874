import { test as base } from '@playwright/test';
import { Server } from './server.ts';

export { expect } from '@playwright/test';

/** Every story has a server of its own, filled with the demo; `page` and `context` belong to it. */
export const test = base.extend<{ server: Server }>({
  server: async ({}, use, info) => {
    const server = await Server.start();
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server.log', { body: server.printed, contentType: 'text/plain' });
    }
    await server.remove();
  },
  baseURL: async ({ server }, use) => use(server.url),
});
