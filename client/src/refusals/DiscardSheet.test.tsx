// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLanguage } from '../i18n';
import { DiscardSheet } from './DiscardSheet';
import type { Refused } from './words';

const discard = vi.hoisted(() => vi.fn(() => Promise.resolve()));
vi.mock('../sync/store', () => ({ discard, store: {} }));

const refused: Refused = {
  clientMutationId: 'entry', verb: 'logTouch', version: 1, variables: { text: 'hello' }, at: '2026-11-20T09:00:00.000Z', showroomId: 'harbour', parked: false, since: 0, problems: [],
};

beforeEach(() => setLanguage('en'));
afterEach(cleanup);

test('nothing that was typed is thrown away without a typed yes', () => {
  render(<DiscardSheet refused={refused} open onClose={() => undefined} />);
  const button = screen.getAllByRole('button', { name: 'Discard', hidden: true }).at(-1) as HTMLButtonElement;
  const field = screen.getByLabelText('Type “yes” to discard');
  fireEvent.input(field, { target: { value: 'ye' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect([button.disabled, discard.mock.calls.length]).toEqual([true, 0]);
  fireEvent.input(field, { target: { value: ' Yes' } });
  fireEvent.click(button);
  expect(discard).toHaveBeenCalledWith('entry', 'DISCARDED');
});
