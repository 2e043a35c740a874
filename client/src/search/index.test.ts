import { signal } from '@preact/signals';
import { beforeEach, expect, test, vi } from 'vitest';
import { ada, lead } from '../follow_ups/pretend';
import type { Collections, ContactPointRow } from '../model';

type Name = keyof Collections;
const tables = vi.hoisted(() => ({ of: {} as Record<string, { value: Map<string, unknown> }> }));

vi.mock('../sync/store', () => {
  const rows = (name: string) => (tables.of[name]?.value ?? new Map()) as Map<string, { id: string }>;
  return { store: { all: (name: Name) => [...rows(name).values()], get: (name: Name, id?: string | null) => (id ? rows(name).get(id) : undefined) } };
});

const { everyLead, finder } = await import('.');

function table<C extends Name>(name: C, list: Collections[C][]): void {
  const rows = new Map(list.map((row) => [row.id, row as unknown]));
  if (tables.of[name]) tables.of[name].value = rows;
  else tables.of[name] = signal(rows);
}

const phone: ContactPointRow = { id: 'phone', kind: 'PHONE', value: '+8613812345678', typed: '', preferred: true, reachable: true, removedAt: null, customerId: 'ada', showroomId: 'harbour' };

beforeEach(() => {
  for (const name of ['vehicles', 'ownedCars'] as const) table(name, []);
  table('customers', [ada]);
  table('leads', [lead]);
  table('contactPoints', [phone]);
});

test('what did not change is not folded again', () => {
  table('customers', [ada, { ...ada, id: 'bob', name: 'Bob' }]);
  table('leads', [lead, { ...lead, id: 'other', customerId: 'bob' }]);
  const before = new Map(everyLead.value.map((found) => [found.lead.id, found]));
  table('leads', [lead, { ...lead, id: 'other', customerId: 'bob', level: 'H' }]);
  const after = new Map(everyLead.value.map((found) => [found.lead.id, found]));
  expect([after.get('lead') === before.get('lead'), after.get('other') === before.get('other')]).toEqual([true, false]);
});

test('a number that was just added is found, one that was removed is not', () => {
  table('contactPoints', [phone, { ...phone, id: 'new', value: '+8613900009999' }]);
  expect(everyLead.value.filter(finder('9999'))).toHaveLength(1);
  table('contactPoints', [phone, { ...phone, id: 'new', value: '+8613900009999', removedAt: '2026-11-20T09:00:00.000Z' }]);
  expect(everyLead.value.filter(finder('9999'))).toHaveLength(0);
});

test('what wants to be done first is at the top, what is settled at the end', () => {
  table('leads', [{ ...lead, id: 'lost', status: 'LOST', nextStepAt: null, closedAt: '2026-11-01T09:00:00.000Z' }, { ...lead, id: 'late', nextStepAt: '2026-11-21T09:00:00.000Z' }, lead, { ...lead, id: 'merged', status: 'MERGED' }]);
  expect(everyLead.value.map(({ lead: row }) => row.id)).toEqual(['lead', 'late', 'lost']);
});

test('ten thousand leads keep up with a tap', () => {
  const many = Array.from({ length: 10_000 }, (_, n) => ({ ...lead, id: String(n), customerId: String(n), nextStepAt: new Date(Date.UTC(2026, 10, 1) + ((n * 7919) % 10_000) * 60_000).toISOString() }));
  table('customers', many.map(({ id }) => ({ ...ada, id, name: `Ada ${id}` })));
  table('contactPoints', many.map(({ id }) => ({ ...phone, id, customerId: id })));
  table('leads', many);
  const first = performance.now();
  expect(everyLead.value).toHaveLength(10_000);
  const built = performance.now() - first;
  const again = performance.now();
  table('leads', [...many.slice(1), { ...many[0]!, level: 'H' }]);
  expect(everyLead.value).toHaveLength(10_000);
  console.info(`index of 10,000 leads: built in ${built.toFixed(0)} ms, kept up with a tap in ${(performance.now() - again).toFixed(1)} ms`);
});
