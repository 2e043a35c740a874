import { expect, test } from 'vitest';
import { freeSteps, snapped } from './gaps';
import { indexAt, Offsets } from './offsets';
import { sectionOf } from '../routes';
import { syncLook } from './SyncDot';

test('a gap is what no booking touches', () => {
  const free = freeSteps([{ start: 570, end: 615 }], { from: 540, to: 690, step: 30 });
  expect(free.map((gap) => gap.start)).toEqual([540, 630, 660]);
});

test('a moved block snaps to the quarter and stays inside of the day', () => {
  const day = { from: 540, to: 1200, step: 15 };
  expect(snapped({ start: 600, end: 645 }, { by: 22, ...day })).toEqual({ start: 615, end: 660 });
  expect(snapped({ start: 600, end: 645 }, { by: 900, ...day })).toEqual({ start: 1155, end: 1200 });
  expect(snapped({ start: 600, end: 645 }, { by: -900, ...day })).toEqual({ start: 540, end: 585 });
});

test('the row at a height is found among rows of any height', () => {
  const offsets = new Offsets([10, 20, 30]);
  expect([-5, 0, 9, 10, 29, 30, 59, 600].map((height) => indexAt(offsets, height))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  expect([offsets.of(0), offsets.of(2), offsets.total]).toEqual([0, 30, 60]);
  expect(indexAt(new Offsets([]), 5)).toBe(0);
});

test('an address belongs to one part of the navigation', () => {
  expect(['/', '/today', '/leads/1', '/leads?q=wang', '/visits/new', '/visits/1', '/settings'].map(sectionOf)).toEqual(['today', 'today', 'leads', 'leads', 'visit', 'visit', 'more']);
});

test('only a refusal is louder than being offline', () => {
  expect(syncLook({ online: false, waiting: 3, refused: 1 })).toBe('refused');
  expect(syncLook({ online: false, waiting: 3, refused: 0 })).toBe('offline');
  expect(syncLook({ online: true, waiting: 3, refused: 0 })).toBe('waiting');
});
