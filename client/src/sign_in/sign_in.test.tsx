// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SendError } from '../api/send';
import { setLanguage } from '../i18n';
import { SignInForm } from './SignInForm';

const signIn = vi.hoisted(() => vi.fn());
vi.mock('../people/session', () => ({ signIn }));

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  signIn.mockReset();
});

function tries({ email = 'mia@example.com', password = 'secret' } = {}) {
  const done = vi.fn();
  render(<SignInForm onDone={done} />);
  fireEvent.input(screen.getByLabelText('E-mail'), { target: { value: email } });
  fireEvent.input(screen.getByLabelText('Password'), { target: { value: password } });
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  return done;
}

test('asks for what is missing before it asks the server', () => {
  tries({ password: '' });
  expect(screen.getByRole('alert').textContent).toContain('your password');
  expect(signIn).not.toHaveBeenCalled();
});

test('says what the server says', async () => {
  signIn.mockResolvedValue({ problems: [{ code: 'WRONG_CREDENTIALS', message: 'E-mail or password is wrong.' }] });
  const done = tries();
  await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('E-mail or password is wrong.'));
  expect(done).not.toHaveBeenCalled();
});

test('without a network says when one is needed', async () => {
  signIn.mockRejectedValue(new SendError('network', 'UNREACHABLE'));
  tries();
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('no network'));
});

test('goes on when the server knows them', async () => {
  signIn.mockResolvedValue({ problems: [] });
  const done = tries({ email: ' mia@example.com ' });
  await waitFor(() => expect(done).toHaveBeenCalled());
  expect(signIn).toHaveBeenCalledWith('mia@example.com', 'secret');
});
