// One tab stop for a group; arrow keys go round inside it.
const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** For `onKeyDown` of the group. `pick` is called with the index that was arrived at (radios choose as they move). */
export function roam(event: KeyboardEvent, selector: string, pick?: (index: number) => void): void {
  const group = event.currentTarget as HTMLElement;
  const members = [...group.querySelectorAll<HTMLElement>(selector)];
  const at = members.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const to = arrival(event.key, at, members.length);
  if (to === undefined) return;
  event.preventDefault();
  members[to]?.focus();
  pick?.(to);
}

function arrival(key: string, at: number, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  return step === undefined ? undefined : (at + step + count) % count;
}
