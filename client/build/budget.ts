import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

type Limit = { reach: number; never: number };
type Limits = { firstScriptKiB: Limit; precacheKiB: Limit };

/**
 * Weighs every build and refuses one that is too heavy for a tablet on a bad line.
 * First script: the entry and all it imports statically, gzip. Precache: all that the
 * service worker fetches at installation, gzip, as the server sends it.
 */
export function budget(limits: Limits): Plugin {
  let folder = '';
  let firstScript = 0;

  return {
    name: 'forecourt-budget',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle(_, bundle) {
      firstScript = sum(firstChunks(bundle).map((chunk) => gzipSync(chunk.code).length));
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        // A build that failed says why; there is nothing to weigh.
        if (firstScript === 0) return;
        const files = precached(folder);
        const raw = sum(files.map((file) => statSync(file).size));
        const sent = sum(files.map((file) => gzipSync(readFileSync(file)).length));
        const failures = [
          weigh('first JavaScript, gzip', firstScript, limits.firstScriptKiB),
          weigh(`precached, gzip (${files.length} files, ${kib(raw)} unpacked)`, sent, limits.precacheKiB),
        ].filter((failure) => failure !== null);
        if (failures.length > 0) this.error(failures.join('; '));
      },
    },
  };
}

function firstChunks(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
  const waiting = chunks.filter((chunk) => chunk.isEntry);
  const first = new Set<Rolldown.OutputChunk>();
  for (let chunk = waiting.pop(); chunk; chunk = waiting.pop()) {
    if (first.has(chunk)) continue;
    first.add(chunk);
    const { imports } = chunk;
    waiting.push(...chunks.filter((other) => imports.includes(other.fileName)));
  }
  return [...first];
}

function precached(folder: string): string[] {
  const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
  const entries = [...worker.matchAll(/\{[^{}]*"?\burl"?:\s*"([^"]+)"[^{}]*\}/g)];
  return entries.filter(([text]) => text.includes('revision')).map(([, url]) => join(folder, url!));
}

function weigh(what: string, bytes: number, limit: Limit): string | null {
  const verdict = bytes <= limit.reach * 1024 ? 'good' : 'above what we aim at';
  console.log(`  ${what}: ${kib(bytes)} (aim ${limit.reach} KiB, never above ${limit.never}): ${verdict}`);
  return bytes > limit.never * 1024 ? `${what} is ${kib(bytes)}, never above ${limit.never} KiB` : null;
}

const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;
const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
