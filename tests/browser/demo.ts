import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PASSWORD } from './people.ts';
import { FORECOURT, ROOT } from './server.ts';

const run = promisify(execFile);

/** Builds the demo once; every server then starts from a copy of its files. FORECOURT_DEMO names one that is there. */
export default async function buildDemo() {
  if (process.env.FORECOURT_DEMO) return undefined;
  const data = await mkdtemp(join(tmpdir(), 'forecourt-demo-'));
  const { DATABASE_URL: _, ...environment } = process.env;
  const options = { cwd: ROOT, env: { ...environment, FORECOURT_DATA: data, FORECOURT_DEMO_PASSWORD: PASSWORD } };

  await run(FORECOURT, ['migrate'], options);
  await run(FORECOURT, ['demo', '--small'], options);

  process.env.FORECOURT_DEMO = data;
  return () => rm(data, { recursive: true, force: true });
}
