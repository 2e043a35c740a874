// The dictionary of sounds is large and only Chinese names need it: a chunk of its own, fetched when the first one is seen.
import { signal } from '@preact/signals';
import type { Sounds } from './fold';

export const sounds = signal<Sounds | null>(null);

let asked = false;

export function wantPinyin(): void {
  if (asked) return;
  asked = true;
  import('pinyin-pro').then(
    ({ pinyin }) => (sounds.value = (name) => pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive' })),
    () => (asked = false), // no network yet: asked for again with the next name
  );
}
