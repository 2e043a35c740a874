// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aDay, ada, at, lead, step, type Pretended } from '../follow_ups/pretend';
import type { Collections } from '../model';
import type { Mutator } from '../sync/mutator';

const world = vi.hoisted(() => ({ draft: null as unknown, seen: null as unknown, undone: [] as string[] }));

vi.mock('../clock', () => ({ now: () => new Date('2026-11-20T09:00:00Z'), serverNow: () => new Date('2026-11-20T09:00:00Z'), tick: { value: Date.parse('2026-11-20T09:00:00Z'), peek: () => Date.parse('2026-11-20T09:00:00Z') } }));
vi.mock('../people/session', () => ({ me: { value: { personId: 'mia', name: 'Mia Torres', showroomId: 'harbour', roles: [{ showroomId: 'harbour', role: 'SALESPERSON' }], isManager: false } } }));
vi.mock('../sync/drafts', async () => {
  const { signal: make } = await import('@preact/signals');
  const open = new Map<string, unknown>();
  return { draft: (key: string, initial: unknown) => open.get(key) ?? (open.set(key, make(initial)), open.get(key)) };
});
vi.mock('../sync/store', async () => {
  const { signal: make } = await import('@preact/signals');
  const version = make(0);
  world.seen = version;
  const draft = () => (void version.value, world.draft as Pretended);
  return {
    status: make({ bootstrapping: null, lastSyncedAt: 1 }),
    store: { get: (name: never, id: string) => draft().get(name, id), all: (name: never) => draft().all(name), by: (name: never, field: never, value: string) => draft().by(name, field, value), isWaiting: () => false },
    add: async (mutator: Mutator, variables: Record<string, unknown>) => {
      mutator.show(world.draft as Pretended, variables, at);
      version.value += 1;
      return { clientMutationId: 'm', undo: async () => world.undone.push(mutator.name) > 0 };
    },
  };
});

const { default: TodayScreen } = await import('./TodayScreen');
const { setLanguage, timeZone } = await import('../i18n');
const { hideToast, ToastHost } = await import('../ui/Toast');

function begins(more: { [C in keyof Collections]?: Collections[C][] } = {}) {
  world.draft = aDay(more);
  render(<><TodayScreen /><ToastHost /></>);
}

beforeEach(async () => {
  timeZone.value = 'UTC';
  await setLanguage('en');
  HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) { this.open = true; };
});

afterEach(() => {
  cleanup();
  hideToast();
});

test('a call is done with its next step in two taps', async () => {
  begins();
  fireEvent.click(screen.getByRole('button', { name: 'Done with Ada Lovelace: how did it go?' }));
  fireEvent.click(await screen.findByRole('button', { name: /^Reached/, hidden: true }));
  const draft = world.draft as Pretended;
  expect(draft.get('followUps', 'step')).toMatchObject({ status: 'DONE', outcome: 'REACHED' });
  expect(draft.by('followUps', 'leadId', 'lead').filter(({ status }) => status === 'OPEN')).toMatchObject([{ dueAt: '2026-11-23T10:00:00.000Z' }]);
  expect(await screen.findByText('Done. Next step: Mon, Nov 23')).toBeTruthy();
});

test('the slip is undone by one tap', async () => {
  begins();
  fireEvent.click(screen.getByRole('button', { name: /^Done with Ada/ }));
  fireEvent.click(await screen.findByRole('button', { name: /^No answer/, hidden: true }));
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(world.undone).toEqual(['completeFollowUp']);
});

test('overdue comes first, then now, then later, and each line says why', () => {
  begins({
    followUps: [{ ...step, id: 'later', dueAt: '2026-11-20T16:00:00.000Z', reason: 'FIRST_CONTACT' }, { ...step, id: 'late', dueAt: '2026-11-18T10:00:00.000Z', reason: 'NO_ANSWER', reasonFacts: { on: '2026-11-17' } }, { ...step, id: 'tomorrow', dueAt: '2026-11-21T10:00:00.000Z' }],
    promises: [{ id: 'mats', text: 'floor mats', dueAt: '2026-11-20T09:30:00.000Z', promisedById: 'mia', promisedAt: at.now, keptAt: null, keptById: null, customerId: 'ada', leadId: 'lead', showroomId: 'harbour' }],
    leads: [lead], customers: [ada],
  });
  const lists = screen.getAllByRole('list').map((list) => [list.getAttribute('aria-label'), within(list).getAllByRole('listitem').map((row) => row.querySelector('.row__why')?.textContent)]);
  expect(lists).toEqual([
    ['Overdue', ['Nobody answered 3 days ago: try again']],
    ['Now', ['We promised: floor mats']],
    ['Later today', ['New: nobody has called yet']],
  ]);
});

test('with nothing to do it says what will appear here', () => {
  begins({ followUps: [] });
  expect(screen.getByRole('heading', { name: 'Nothing is due' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'New visit' }).getAttribute('href')).toBe('/visits/new');
});
