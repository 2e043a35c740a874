// The sums behind the drives board. Everything in minutes since midnight of the showroom's day.
export interface Span {
  start: number;
  end: number;
}

/** The free steps of a column: those that no block touches, each `step` long. */
export function freeSteps(blocks: readonly Span[], { from, to, step }: { from: number; to: number; step: number }): Span[] {
  const free: Span[] = [];
  for (let start = from; start + step <= to; start += step) {
    const end = start + step;
    if (!blocks.some((block) => block.start < end && start < block.end)) free.push({ start, end });
  }
  return free;
}

/** A moved block, snapped to the step and kept inside of the day. */
export function snapped(block: Span, { by, from, to, step }: { by: number; from: number; to: number; step: number }): Span {
  const length = block.end - block.start;
  const start = Math.round((block.start + by) / step) * step;
  const kept = Math.max(from, Math.min(start, to - length));
  return { start: kept, end: kept + length };
}
