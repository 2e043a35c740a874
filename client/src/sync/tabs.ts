/** Several tabs of one person: one leads (sends and pulls), the others hear of it. */

import type { Status } from './status';

export type Told =
  | { kind: 'page'; rows: object; removed: object; since?: string; cursor?: string }
  | { kind: 'entries' }
  | { kind: 'reload' }
  | { kind: 'kick' }
  | { kind: 'status'; part: Partial<Status> };

const BEAT_MS = 2_000;
const STALE_MS = 15_000;

export class Tabs {
  private readonly channel: BroadcastChannel;
  private readonly beatKey: string;
  private timer: ReturnType<typeof setInterval> | undefined;
  private release: (() => void) | undefined;
  private closed = false;
  leading = false;

  constructor(
    private readonly name: string,
    private readonly heard: (told: Told) => void,
    private readonly lead: (leading: boolean) => void,
  ) {
    this.beatKey = `forecourt-beat-${name}`;
    this.channel = new BroadcastChannel(`forecourt-${name}`);
    this.channel.onmessage = (event: MessageEvent<Told>) => this.heard(event.data);
  }

  open(): void {
    if (!globalThis.navigator?.locks) {
      this.become();
      return;
    }
    void this.queue();
    this.timer = setInterval(() => this.beat(), BEAT_MS);
  }

  tell(told: Told): void {
    if (!this.closed) this.channel.postMessage(told);
  }

  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    this.channel.close();
    this.leading = false;
    this.release?.();
  }

  private async queue(steal = false): Promise<void> {
    try {
      await navigator.locks.request(`forecourt-${this.name}`, steal ? { steal } : {}, () => this.hold());
    } catch {
      // Stolen: this tab was asleep for long, and another one leads now.
      if (this.leading) this.step(false);
      if (!this.closed) void this.queue();
    }
  }

  private hold(): Promise<void> {
    if (this.closed) return Promise.resolve();
    this.become();
    return new Promise((resolve) => {
      this.release = resolve;
    });
  }

  private become(): void {
    this.step(true);
    this.beat();
  }

  private step(leading: boolean): void {
    this.leading = leading;
    this.lead(leading);
  }

  /** A leader says that it lives; a follower takes over from one that has not said so for long. */
  private beat(): void {
    if (this.leading) remember(this.beatKey);
    else if (document.visibilityState === 'visible' && this.isStale()) {
      remember(this.beatKey);
      void this.queue(true);
    }
  }

  private isStale(): boolean {
    const last = Number(localStorage.getItem(this.beatKey));
    return last > 0 && Date.now() - last > STALE_MS;
  }
}

function remember(key: string): void {
  try {
    localStorage.setItem(key, String(Date.now()));
  } catch {
    // A full or forbidden localStorage: no heartbeat, the lock alone decides.
  }
}
