// Light, dark, or like the device. Kept outside of the store so that the first frame is right.
import { signal } from '@preact/signals';

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const kept = 'forecourt.theme';

export const theme = signal<Theme>('auto');

export function setTheme(next: Theme): void {
  theme.value = next;
  localStorage.setItem(kept, next);
  show(next);
}

/** Call once before the first render. */
export function restoreTheme(): void {
  const stored = localStorage.getItem(kept);
  theme.value = themes.find((known) => known === stored) ?? 'auto';
  show(theme.value);
}

function show(chosen: Theme): void {
  const root = document.documentElement;
  if (chosen === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = chosen;
}
