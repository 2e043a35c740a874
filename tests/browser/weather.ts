// What networks do to requests.
import type { Page } from '@playwright/test';

interface Body {
  documentId?: string;
  variables?: { input?: { clientMutationId?: string } };
}

/** The server hears every request and commits it; its first answer to each is lost. Says how many were. */
export async function loseEachAnswerOnce(page: Page): Promise<() => number> {
  const asked = new Set<string>();
  await page.route('**/graphql', async (route) => {
    const question = keyOf(route.request().postDataJSON() as Body);
    const answer = await route.fetch();
    if (asked.has(question)) return route.fulfill({ response: answer });
    asked.add(question);
    return route.abort('connectionreset');
  });
  return () => asked.size;
}

/** The network comes and goes, and the tablet looks each time that it comes: no need to wait for its patience. */
export async function flickerUntil(page: Page, calm: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => void page.evaluate(() => dispatchEvent(new Event('online'))).catch(() => undefined), 1_000);
  try {
    await calm();
  } finally {
    clearInterval(timer);
  }
}

/** Two tries are the same question, though each envelope has an id of its own. */
function keyOf({ documentId, variables }: Body): string {
  return JSON.stringify([documentId, { ...variables, input: { ...variables?.input, clientMutationId: '' } }]);
}
