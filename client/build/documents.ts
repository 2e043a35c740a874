import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const GENERATED = 'src/api/generated/persisted-documents.json';

/**
 * Puts the build's trusted documents beside it, where the server looks for them: documents.json is this
 * build's, documents-1.json the one before, and so on, so that a tablet which has not updated yet is served.
 * `keep` is how many earlier builds that differ are kept.
 */
export function trustedDocuments({ keep }: { keep: number }): Plugin {
  let root = '';
  let earlier: string[] = [];

  return {
    name: 'forecourt-documents',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      earlier = readEarlier(join(root, config.build.outDir), keep);
    },
    generateBundle() {
      const file = join(root, GENERATED);
      const current = existsSync(file) ? readFileSync(file, 'utf8') : '{}\n';
      const builds = [current, ...earlier.filter((texts) => texts !== current)].slice(0, keep + 1);
      builds.forEach((source, age) => this.emitFile({ type: 'asset', fileName: nameOf(age), source }));
    },
  };
}

/** Newest first. Read before the build empties its folder. */
function readEarlier(folder: string, keep: number): string[] {
  const names = Array.from({ length: keep + 1 }, (_, age) => join(folder, nameOf(age)));
  return names.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8'));
}

const nameOf = (age: number) => (age === 0 ? 'documents.json' : `documents-${age}.json`);
