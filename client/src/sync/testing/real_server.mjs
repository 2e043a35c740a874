// The real server in a process of its own, with a demo of its own on a free port. A program for Node.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const ROOT = join(import.meta.dirname, '../../../..');
const FORECOURT = join(ROOT, '.venv/bin/forecourt');

export const PASSWORD = 'walk-in at eleven';

/** Whether the server's program is set up here at all. */
export const isThere = existsSync(FORECOURT);

export class RealServer {
  /** Builds a small demo and serves it. */
  static async start() {
    const server = new RealServer();
    server.data = await mkdtemp(join(tmpdir(), 'forecourt-sync-'));
    server.port = await freePort();
    const { DATABASE_URL: _, ...environment } = process.env;
    server.env = { ...environment, FORECOURT_DATA: server.data, PORT: String(server.port), FORECOURT_DEMO_PASSWORD: PASSWORD };
    await promisify(execFile)(FORECOURT, ['demo', '--small'], { cwd: ROOT, env: server.env });
    await server.up();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async up() {
    let said = '';
    this.process = spawn(FORECOURT, ['serve'], { cwd: ROOT, env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', (text) => (said += text));
    for (let tries = 0; tries < 300 && this.process.exitCode === null; tries += 1) {
      if (await fetch(`${this.url}/readyz`).then((answer) => answer.ok, () => false)) return;
      await wait(100);
    }
    throw new Error(`The server did not come up. It said:\n${said}`);
  }

  async down(signal = 'SIGTERM') {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill(signal);
    await gone;
  }

  /** What is typed at the server's own command line. */
  async command(...words) {
    await promisify(execFile)(FORECOURT, words, { cwd: ROOT, env: this.env });
  }

  /** A copy of the database as it is now; the file's name. */
  async backup() {
    const file = join(this.data, 'backup.sqlite3');
    await rm(file, { force: true });
    await this.command('backup', file);
    return file;
  }

  /** Stops, puts the copy in the place of the database, and serves again. */
  async restore(file) {
    await this.down();
    await this.command('restore', file, '--yes');
    await this.up();
  }

  async remove() {
    await this.down('SIGKILL');
    await rm(this.data, { recursive: true, force: true });
  }
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  return port;
}
