import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { Button, IconButton } from '../ui/Button';
import { NumberPad } from '../ui/NumberPad';
import { enterPrivacy, isPrivate, leavePrivacy } from '../ui/privacy';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';

/** One tap in, the PIN out. */
export function PrivacySwitch({ checkPin }: { checkPin: (pin: string) => Promise<boolean> }) {
  const [asking, setAsking] = useState(false);
  const hidden = isPrivate();

  function tap() {
    if (hidden) return setAsking(true);
    enterPrivacy();
    showToast({ text: t('common.privacyEntered') });
  }
  return (
    <>
      <IconButton label={hidden ? t('common.privacyOn') : t('common.privacyOff')} icon={hidden ? 'eyeOff' : 'eye'}
        filled={hidden} pressed={hidden} onClick={tap} />
      <Sheet open={asking} title={t('common.privacyTitle')} onClose={() => setAsking(false)}>
        {asking && <PinPad checkPin={checkPin} onRight={() => (setAsking(false), leavePrivacy())} />}
      </Sheet>
    </>
  );
}

/** Also for the idle lock: asks for a PIN of four to eight digits and says when it was wrong. */
export function PinPad({ checkPin, onRight }: { checkPin: (pin: string) => Promise<boolean>; onRight: () => void }) {
  const [pin, setPin] = useState('');
  const [wrong, setWrong] = useState(false);
  const [checking, setChecking] = useState(false);

  async function check() {
    if (pin.length < 4 || checking) return;
    setChecking(true);
    const right = await checkPin(pin);
    setChecking(false);
    if (right) return onRight();
    setWrong(true);
    setPin('');
  }
  return (
    <div class="stack">
      <NumberPad label={t('common.privacyAsk')} placeholder={t('common.privacyAsk')} value={pin} maxlength={8} secret starts
        onChange={(next) => (setPin(next), setWrong(false))} onEnter={check} />
      <p class="field__error" role="alert" hidden={!wrong}>{wrong && t('common.privacyWrong')}</p>
      <Button kind="main" wide disabled={pin.length < 4 || checking} onClick={check}>{t('common.continue')}</Button>
    </div>
  );
}
