import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

export const ROOT = join(import.meta.dirname, '../..');
export const FORECOURT = process.env.FORECOURT_COMMAND ?? join(ROOT, '.venv/bin/forecourt');

/** The client that is served unless a story brings its own. */
export const BUILT = process.env.FORECOURT_CLIENT ?? join(ROOT, 'client/dist');

/** The real server in a process of its own, with its own copy of the demo on a port of its own. */
export class Server {
  readonly port: number;
  readonly data: string;
  private process: ChildProcess | null = null;
  private log = '';

  /** The folder of the built client; client/dist unless something else is said. */
  readonly client: string | undefined;

  private constructor({ port, data, client }: { port: number; data: string; client?: string }) {
    this.port = port;
    this.data = data;
    this.client = client;
  }

  static async start({ client }: { client?: string } = {}): Promise<Server> {
    const data = await mkdtemp(join(tmpdir(), 'forecourt-server-'));
    await cp(process.env.FORECOURT_DEMO!, data, { recursive: true });
    const server = new Server({ port: await freePort(), data, client });
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it (again), and waits until it says that it is ready: a minute at most, on a machine that is busy otherwise. */
  async up(): Promise<void> {
    const { DATABASE_URL: _, ...environment } = process.env;
    const env: NodeJS.ProcessEnv = { ...environment, FORECOURT_DATA: this.data, PORT: String(this.port) };
    if (this.client) env.FORECOURT_CLIENT = this.client;
    const child = spawn(FORECOURT, ['serve'], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (this.log += text));
    this.process = child;

    for (let tries = 0; tries < 600 && child.exitCode === null; tries++) {
      if (await isReady(this.url)) return;
      await wait(100);
    }
    throw new Error(`The server did not come up. It said:\n${this.log}`);
  }

  /** One of the server's own commands, beside it, as the office gives it. */
  async command(...words: string[]): Promise<void> {
    const { DATABASE_URL: _, ...environment } = process.env;
    await promisify(execFile)(FORECOURT, words, { cwd: ROOT, env: { ...environment, FORECOURT_DATA: this.data } });
  }

  /** SIGTERM lets it finish what it does; SIGKILL is the plug being pulled. */
  async down(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(late);
  }

  async remove(): Promise<void> {
    await this.down();
    await rm(this.data, { recursive: true, force: true });
  }

  /** What it has printed since its start, for the report of a failed story. */
  get printed(): string {
    return this.log;
  }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then((answer) => answer.ok, () => false);
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  listener.close();
  return port;
}
