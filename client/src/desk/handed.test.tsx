// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import '../mutators';
import { setLanguage } from '../i18n';
import { handed } from './handed';
import { HandedCard } from './HandedCard';

const outside = vi.hoisted(() => ({ send: vi.fn(), addFor: vi.fn(() => Promise.resolve()) }));
vi.mock('../api/send', () => ({ send: outside.send }));
vi.mock('../sync/store', async () => {
  const { signal } = await import('@preact/signals');
  return { addFor: outside.addFor, status: signal({ lastSyncedAt: 0 }), store: { get: () => undefined, by: () => [], all: () => [] }, discard: vi.fn(), add: vi.fn() };
});

const row = (more: object) => ({
  uuid: '01900000-0000-7000-8000-000000000001', personName: 'Sam', showroomId: 'harbour', why: 'LEFT', kind: 'WAITING', verb: 'logTouch', version: 1,
  content: JSON.stringify({ variables: { id: 't', leadId: 'l', text: '王小明 wants <blue>' }, showroomId: 'riverside', problems: [] }),
  tappedAt: '2026-11-20T09:00:00.000Z', handedAt: '2026-11-21T09:00:00.000Z', ...more,
});
let rows: object[];
let refuses = false;

beforeEach(async () => {
  await setLanguage('en');
  [rows, refuses] = [[row({})], false];
  outside.send.mockImplementation((document: { toString(): string }) => {
    if (document.toString().includes('query HandedOver')) return Promise.resolve({ handedOver: rows });
    if (refuses) return Promise.reject(new Error('no network'));
    rows = [];
    return Promise.resolve({ endHandedOver: { outcome: 'APPLIED', problems: [] } });
  });
});

afterEach(() => {
  cleanup();
  handed.value = undefined;
  outside.addFor.mockClear();
});

test('a manager reads who typed what, and why it could not be sent', async () => {
  render(<HandedCard />);
  await screen.findByText('王小明 wants <blue>');
  expect(screen.getByText('They have left.')).toBeTruthy();
  expect(screen.getByText(/^Sam · /)).toBeTruthy();
});

test('taken over, it is an entry of their own: of the moment of the tap, where it was tapped, under the same id each time', async () => {
  refuses = true;
  render(<HandedCard />);
  fireEvent.click(await screen.findByRole('button', { name: 'Take over' }));
  await waitFor(() => expect(outside.addFor).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Take over' })).toHaveProperty('disabled', false));
  refuses = false;
  fireEvent.click(screen.getByRole('button', { name: 'Take over' }));
  await waitFor(() => expect(screen.queryByText('王小明 wants <blue>')).toBeNull());
  const [[first], [second]] = outside.addFor.mock.calls as unknown as [[{ id: string }], [{ id: string }]];
  expect(first).toMatchObject({ verb: 'logTouch', at: '2026-11-20T09:00:00.000Z', showroomId: 'riverside', variables: { text: '王小明 wants <blue>' } });
  expect(second.id).toBe(first.id);
});

test('a half-filled form, a verb that is gone and a text that cannot be read are shown, to be shared or discarded', async () => {
  rows = [
    row({ uuid: 'a', kind: 'DRAFT', verb: 'visit.new', content: JSON.stringify({ variables: { value: { name: 'half a name' } } }) }),
    row({ uuid: 'b', verb: 'faxCustomer' }),
    row({ uuid: 'c', content: 'no JSON at all' }),
  ];
  render(<HandedCard />);
  await screen.findByText('half a name');
  expect(screen.getByText('no JSON at all')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Take over' })).toBeNull();
  expect(screen.getAllByRole('button', { name: 'Discard' })).toHaveLength(3);
});
