import { Gate } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { PinPad } from '../frame/PrivacySwitch';
import { initials, languageOf, t } from '../i18n';
import { changePerson, me, unlock } from '../people/session';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';
import { useStart } from './focus';
import './sign_in.css';

/** Away from the tablet: the PIN opens it again, without a network. */
export default function LockScreen() {
  useScreen({ title: t('signIn.locked') });
  useStart();
  const name = me.value?.name ?? '';
  return (
    <Gate>
      <div class="sign-in stack">
        <header class="sign-in__head">
          <span class="person person--large" aria-hidden="true">{initials(name)}</span>
          <h1 class="wrap-2" lang={languageOf(name)}>{name}</h1>
        </header>
        <Card><PinPad checkPin={unlock} onRight={() => undefined} /></Card>
        <Button kind="plain" wide onClick={() => void changePerson()}>{t('signIn.somebodyElse')}</Button>
      </div>
    </Gate>
  );
}
