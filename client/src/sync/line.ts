import { createClient, type Client, type SubscribePayload } from 'graphql-ws';

import { NewsDocument } from '../api/generated/graphql';
import { pausePoked } from './patience';

const LEAST_MS = 30_000;
const MOST_MS = 60_000;
/** A socket that lived for less was no success: the next try waits longer. */
const LIVED_MS = 30_000;

/** The server does not know who we are: asking again changes nothing until somebody has signed in. */
const UNWELCOME = new Set([4401, 4403]);
/** The server restarts or is full, and every tablet hears that at once: they must not all come back at once. */
const TOGETHER = new Set([1012, 1013]);

/**
 * When to look for news: a poke over the socket, and a timer with jitter, since every poke may be lost. Whatever
 * becomes of the socket, the next one waits twice as long, up to a minute, until one has lived for a while.
 */
export class Line {
  private client: Client | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private poked: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private opened = false;
  private unwelcome = false;

  constructor(
    private readonly clientId: string,
    private readonly look: () => void,
    private readonly connectTo: typeof createClient = createClient,
  ) {}

  open(): void {
    if (this.opened) return;
    this.opened = true;
    this.lookLater();
    this.connect();
  }

  close(): void {
    this.opened = false;
    clearTimeout(this.timer);
    clearTimeout(this.waiting);
    clearTimeout(this.poked);
    this.poked = undefined;
    this.hangUp();
  }

  /** A request has been answered: where the socket was told that nobody is signed in, it may try again. */
  welcomed(): void {
    if (!this.unwelcome) return;
    this.unwelcome = false;
    if (this.opened) this.connectLater();
  }

  private connect(): void {
    let since = 0;
    const client = this.connectTo({
      url: addressOf(location),
      retryAttempts: 0,
      keepAlive: 20_000,
      on: {
        connected: () => {
          since = Date.now();
        },
      },
    });
    this.client = client;
    const lost = (why?: unknown): void => {
      if (this.client !== client) return;
      this.hangUp();
      if (since > 0 && Date.now() - since > LIVED_MS) this.failures = 0;
      this.lost((why as { code?: unknown } | undefined)?.code);
    };
    client.subscribe(newsOf(this.clientId), { next: () => this.lookSoon(), error: lost, complete: lost });
  }

  private lost(code: unknown): void {
    if (UNWELCOME.has(code as number)) {
      this.unwelcome = true;
      this.failures += 1;
      // The request that follows finds out what is wrong, and tells the person.
      this.look();
    } else this.connectLater(TOGETHER.has(code as number) ? 5_000 : 0);
  }

  private connectLater(more = 0): void {
    const most = Math.min(MOST_MS, 1_000 * 2 ** this.failures) + more;
    this.failures += 1;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.connect(), most * (0.3 + 0.7 * Math.random()));
  }

  private hangUp(): void {
    const client = this.client;
    this.client = undefined;
    void client?.dispose();
  }

  /** Once for all the pokes that come meanwhile. */
  private lookSoon(): void {
    this.poked ??= setTimeout(() => {
      this.poked = undefined;
      this.look();
    }, pausePoked());
  }

  private lookLater(): void {
    const pause = LEAST_MS + Math.random() * (MOST_MS - LEAST_MS);
    this.timer = setTimeout(() => {
      this.look();
      this.lookLater();
    }, pause);
  }
}

/** Trusted documents go by their hash; a server that serves no other text understands that on the socket too. */
function newsOf(clientId: string): SubscribePayload {
  const hash = NewsDocument.__meta__?.['hash'] as string | undefined;
  // graphql-ws wants a text to be there, if only an empty one.
  const named = hash && import.meta.env.PROD ? { query: '', documentId: hash } : { query: NewsDocument.toString() };
  return { ...named, variables: { clientId } } as SubscribePayload;
}

const addressOf = (at: { protocol: string; host: string }): string =>
  `${at.protocol === 'https:' ? 'wss' : 'ws'}://${at.host}/graphql`;
