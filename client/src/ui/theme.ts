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
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', colourBar);
}

function show(chosen: Theme): void {
  const root = document.documentElement;
  if (chosen === 'auto') delete root.dataset['theme'];
  else root.dataset['theme'] = chosen;
  colourBar();
}

/** The system's bar above the app has the colour of the page, also where the theme was chosen by hand. */
function colourBar(): void {
  const page = getComputedStyle(document.documentElement).backgroundColor;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = page;
}
