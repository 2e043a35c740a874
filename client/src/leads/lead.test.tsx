// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aDay, ada, at, lead, type Pretended } from '../follow_ups/pretend';
import type { Collections, LossApplicationRow, TouchRow } from '../model';
import type { Mutator } from '../sync/mutator';

const world = vi.hoisted(() => ({ draft: null as unknown, waiting: new Set<string>(), me: { personId: 'mia', name: 'Mia', showroomId: 'harbour', roles: [{ showroomId: 'harbour', role: 'SALESPERSON' }], isManager: false } }));

vi.mock('../clock', () => ({ now: () => new Date('2026-11-20T09:00:00Z'), serverNow: () => new Date('2026-11-20T09:00:00Z'), tick: { value: Date.parse('2026-11-20T09:00:00Z') } }));
vi.mock('../people/session', () => ({ me: { get value() { return world.me; } } }));
vi.mock('../sync/drafts', async () => {
  const { signal } = await import('@preact/signals');
  const open = new Map<string, unknown>();
  return { draft: (key: string, initial: unknown) => open.get(key) ?? (open.set(key, signal(initial)), open.get(key)) };
});
vi.mock('../sync/store', async () => {
  const { signal } = await import('@preact/signals');
  const version = signal(0);
  const draft = () => (void version.value, world.draft as Pretended);
  return {
    status: signal({ bootstrapping: null, lastSyncedAt: 1 }),
    store: { get: (name: never, id: string) => draft().get(name, id), all: (name: never) => draft().all(name), by: (name: never, field: never, value: string) => draft().by(name, field, value), isWaiting: (id: string) => world.waiting.has(id) },
    add: async (mutator: Mutator, variables: Record<string, unknown>) => {
      mutator.show(world.draft as Pretended, variables, { ...at, me: world.me.personId });
      version.value += 1;
      return { clientMutationId: 'm', undo: async () => true };
    },
  };
});

const { LeadDetail } = await import('./LeadDetail');
const { setLanguage, timeZone } = await import('../i18n');
const { enterPrivacy, leavePrivacy } = await import('../ui/privacy');

const loss: LossApplicationRow = {
  id: 'loss', reason: 'PRICE', rival: '', evidence: 'too dear', status: 'APPLIED', appliedById: 'mia', appliedAt: at.now, decidedById: null, decidedAt: null, decisionNote: '', customerId: 'ada', leadId: 'lead', showroomId: 'harbour',
};
const note: TouchRow = { id: 'note', kind: 'NOTE', direction: 'OUT', outcome: null, text: 'brings the dog', about: null, personId: 'mia', happenedAt: at.now, recordedAt: at.now, customerId: 'ada', leadId: 'lead', showroomId: 'harbour' };

function opens(more: { [C in keyof Collections]?: Collections[C][] } = {}) {
  world.draft = aDay(more);
  render(<LeadDetail id="lead" />);
}

beforeEach(async () => {
  timeZone.value = 'UTC';
  await setLanguage('en');
  world.me = { ...world.me, personId: 'mia', isManager: false };
  world.waiting.clear();
});

afterEach(() => {
  cleanup();
  leavePrivacy();
});

test('what is not sent yet says so', () => {
  world.waiting.add('note');
  opens({ touches: [note] });
  expect(screen.getByText('brings the dog').closest('li')!.textContent).toContain('not sent yet');
});

test('a salesperson sees that a loss waits; the manager decides it right there', async () => {
  opens({ lossApplications: [loss] });
  expect(screen.getAllByText('too dear')).not.toHaveLength(0);
  expect(screen.queryByRole('button', { name: 'Approve the loss' })).toBeNull();
  cleanup();
  world.me = { ...world.me, personId: 'vera', isManager: true };
  opens({ lossApplications: [loss] });
  fireEvent.click(screen.getByRole('button', { name: 'Approve the loss' }));
  await vi.waitFor(() => expect((world.draft as Pretended).get('leads', 'lead')!.status).toBe('LOST'));
});

test('nobody else works on a colleague’s lead, but may note what they heard', () => {
  opens({ leads: [{ ...lead, ownerId: 'tom' }] });
  expect(screen.queryByRole('button', { name: 'Done' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Sold' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Log' })).toBeTruthy();
});

test('who must not be contacted has no call button', () => {
  const phone = { id: 'phone', kind: 'PHONE' as const, value: '+8613800000001', typed: '', preferred: true, reachable: true, removedAt: null, customerId: 'ada', showroomId: 'harbour' };
  opens({ contactPoints: [phone] });
  expect(screen.getByRole('link', { name: 'Call' }).getAttribute('href')).toBe('tel:+8613800000001');
  cleanup();
  opens({ contactPoints: [phone], customers: [{ ...ada, doNotContact: true }] });
  expect(screen.queryByRole('link', { name: 'Call' })).toBeNull();
});

test('while the customer looks there are no notes, and nobody else at all', () => {
  enterPrivacy('ada');
  opens({ touches: [note] });
  expect(screen.queryByText('brings the dog')).toBeNull();
  cleanup();
  enterPrivacy('somebody else');
  opens();
  expect(screen.queryByText('Ada Lovelace')).toBeNull();
});
