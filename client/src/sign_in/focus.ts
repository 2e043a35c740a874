import { useEffect } from 'preact/hooks';

/** Outside of the frame nothing else brings the focus to where one begins. */
export function useStart(): void {
  useEffect(() => document.querySelector<HTMLElement>('[data-autofocus]')?.focus({ preventScroll: true }), []);
}
