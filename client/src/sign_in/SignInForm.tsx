import { useState } from 'preact/hooks';
import { t, say } from '../i18n';
import { signIn } from '../people/session';
import { SendError } from '../api/send';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';

/** E-mail and password. `email` is given when one only has to prove again who one is. */
export function SignInForm({ email: given = '', onDone }: { email?: string; onDone?: () => void }) {
  const [email, setEmail] = useState(given);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: Event) {
    event.preventDefault();
    if (busy) return;
    if (!email.trim() || !password) return setProblem(t('signIn.missing'));
    setBusy(true);
    setProblem('');
    try {
      const { problems } = await signIn(email.trim(), password);
      if (problems[0]) setProblem(problems[0].message || say(`problems.${problems[0].code}`, undefined, t('problems.unknown')));
      else onDone?.();
    } catch (error) {
      setProblem(error instanceof SendError && error.failure === 'network' ? t('signIn.offline') : t('signIn.trouble'));
    } finally {
      setBusy(false);
    }
  }

  return (
    <form class="stack" onSubmit={submit} noValidate>
      <Field label={t('signIn.email')} kind="email" name="email" autocomplete="username" value={email} onInput={setEmail} starts={!given} />
      <Field label={t('signIn.password')} kind="password" name="password" autocomplete="current-password" value={password} onInput={setPassword}
        error={problem || null} starts={!!given} />
      <Button kind="main" wide type="submit" disabled={busy}>{busy ? t('signIn.busy') : t('signIn.submit')}</Button>
    </form>
  );
}
