// Where one is: the title in the header and of the document, the way back, and the focus after a change of screen.
import { signal } from '@preact/signals';
import { useEffect, useLayoutEffect } from 'preact/hooks';

export interface Screen {
  title: string;
  /** Where the arrow in the header leads; none on the screens of the navigation. */
  back?: string;
}

export const screen = signal<Screen>({ title: '' });

/** Once per screen, by the component that a route names. */
export function useScreen({ title, back }: Screen): void {
  useLayoutEffect(() => {
    screen.value = { title, back };
    document.title = title ? `${title} · Forecourt` : 'Forecourt';
  }, [title, back]);
}

let first = true;

/** After a change of address the focus goes to what the screen starts with, else to its title, which is then read aloud. */
export function useFocusOnArrival(path: string): void {
  useEffect(() => {
    if (first) return void (first = false);
    // Later: a sheet that led here has to close first, which gives the focus back to what opened it.
    const timer = setTimeout(arrive);
    return () => clearTimeout(timer);
  }, [path]);
}

function arrive(): void {
  const main = document.querySelector('main');
  if (main?.querySelector('.panes__list:focus-within') && isWide()) return;
  const start = main?.querySelector<HTMLElement>('[data-autofocus]') ?? document.querySelector<HTMLElement>('h1');
  start?.focus({ preventScroll: true });
}

export function isWide(): boolean {
  return matchMedia('(min-width: 900px) and (orientation: landscape)').matches;
}
