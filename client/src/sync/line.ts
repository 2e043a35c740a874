import { createClient, type Client } from 'graphql-ws';

import { NewsDocument } from '../api/generated/graphql';

const LEAST_MS = 30_000;
const MOST_MS = 60_000;

/**
 * When to look for news: a poke over the socket, the network or the tablet coming back, and a timer with jitter,
 * since every poke may be lost.
 */
export class Line {
  private client: Client | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop: (() => void) | undefined;

  constructor(
    private readonly clientId: string,
    private readonly look: () => void,
  ) {}

  open(): void {
    window.addEventListener('online', this.look);
    window.addEventListener('pageshow', this.look);
    document.addEventListener('visibilitychange', this.onVisible);
    this.again();
    this.connect();
  }

  close(): void {
    window.removeEventListener('online', this.look);
    window.removeEventListener('pageshow', this.look);
    document.removeEventListener('visibilitychange', this.onVisible);
    clearTimeout(this.timer);
    this.stop?.();
    void this.client?.dispose();
    this.client = undefined;
  }

  private connect(): void {
    const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`;
    this.client = createClient({
      url,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: (tries) => pause(Math.min(30_000, 500 * 2 ** tries) * (0.5 + Math.random())),
      on: { connected: () => this.look() },
    });
    this.stop = this.client.subscribe(
      { query: NewsDocument.toString(), variables: { clientId: this.clientId } },
      { next: () => this.look(), error: () => this.reconnectLater(), complete: () => this.reconnectLater() },
    );
  }

  private reconnectLater(): void {
    const client = this.client;
    setTimeout(() => {
      if (client && client === this.client) {
        void client.dispose();
        this.connect();
      }
    }, 5_000 + Math.random() * 10_000);
  }

  private again(): void {
    this.timer = setTimeout(
      () => {
        this.look();
        this.again();
      },
      LEAST_MS + Math.random() * (MOST_MS - LEAST_MS),
    );
  }

  private readonly onVisible = (): void => {
    if (document.visibilityState === 'visible') this.look();
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
