import { useLayoutEffect, useRef } from 'preact/hooks';

const places = new Map<string, number>();

/** For the ref of a scroller: comes back to where it was when it was last shown under this name. */
export function useKeptScroll(name: string) {
  const scroller = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = scroller.current!;
    element.scrollTop = places.get(name) ?? 0;
    const keep = () => places.set(name, element.scrollTop);
    element.addEventListener('scroll', keep, { passive: true });
    return () => element.removeEventListener('scroll', keep);
  }, [name]);
  return scroller;
}
