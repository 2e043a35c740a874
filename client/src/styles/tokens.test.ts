/// <reference types="node" />
// Text reads well in both themes: the contrast of the pairs that the kit uses, from the OKLCH of tokens.css.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themes = { light: 0, dark: 1 } as const;

const text: [string, string[]][] = [
  ['n9', ['n1', 'n2', 'n3', 'n4', 'accent-wash', 'wait-soft', 'bad-soft', 'lift']],
  ['n8', ['n1', 'n2', 'n3', 'n4', 'accent-wash']],
  ['n7', ['n1', 'n2', 'n3', 'accent-wash']],
  ['accent-ink', ['n1', 'n2', 'n3', 'accent-soft', 'accent-wash']],
  ['on-accent', ['accent', 'accent-press']],
  ['on-dark-accent', ['n9']],
  ['n1', ['n9']],
  ['wait-ink', ['n1', 'n2', 'wait-soft', 'accent-wash']],
  ['bad-ink', ['n1', 'n2', 'bad-soft', 'accent-wash']],
  ['good-ink', ['n1', 'n2', 'good-soft']],
  ['on-bad', ['bad']],
  ['on-level-h', ['level-h']],
  ['level-a', ['level-a-soft']],
  ['level-b', ['n2']],
  ['level-c', ['n2']],
  ['level-n', ['n2']],
  ['level-nurture', ['n2']],
];
/** What is not text but must be seen: 3 : 1. */
const shapes: [string, string[]][] = [
  ['n6', ['n1', 'n2']],
  ['accent', ['n1', 'n2', 'n3']],
  ['bad', ['n1', 'n2']],
  ['good', ['n1', 'n2']],
  ['level-h', ['n1', 'n2']],
];

describe.each(Object.entries(themes))('%s', (_, theme) => {
  test.each(pairs(text))('%s on %s is at least 4.5 : 1', (ink, ground) => {
    expect(contrast(ink, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(pairs(shapes))('%s beside %s is at least 3 : 1', (shape, ground) => {
    expect(contrast(shape, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});

test('black on white is 21 : 1', () => {
  expect(ratio(luminance([0, 0, 0]), luminance([1, 0, 0]))).toBeCloseTo(21, 1);
});

function pairs(table: [string, string[]][]): [string, string][] {
  return table.flatMap(([ink, grounds]) => grounds.map((ground): [string, string] => [ink, ground]));
}

function contrast(ink: string, ground: string, theme: number): number {
  return ratio(luminance(token(ink, theme)), luminance(token(ground, theme)));
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function token(name: string, theme: number): number[] {
  const line = new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`).exec(css);
  if (!line) throw new Error(`no token --${name}`);
  return line[theme + 1]!.split(' ').map(Number);
}

/** WCAG's relative luminance of [lightness, chroma, hue], clipped into sRGB as a screen does. */
function luminance([lightness = 0, chroma = 0, hue = 0]: number[]): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const [red, green, blue] = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((part) => Math.min(1, Math.max(0, part))) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
