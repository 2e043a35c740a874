import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { me, setPin } from '../people/session';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';
import { NumberPad } from '../ui/NumberPad';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { PinPad } from '../frame/PrivacySwitch';
import { checkPin } from '../people/session';

const SHORTEST = 4;

export function PinCard() {
  const [open, setOpen] = useState(false);
  const has = me.value?.hasPin ?? false;
  return (
    <Card title={t('settings.pin')} aside={<Button onClick={() => setOpen(true)}>{has ? t('common.change') : t('settings.pinSet')}</Button>}>
      <p class="quiet small">{has ? t('settings.pinHas') : t('settings.pinNone')}</p>
      <Sheet open={open} title={has ? t('settings.pinChange') : t('settings.pinSet')} onClose={() => setOpen(false)}>
        {open && <Change has={has} onDone={() => (setOpen(false), showToast({ text: t('settings.pinKept') }))} />}
      </Sheet>
    </Card>
  );
}

/** The old one first, then the new one twice: a slip would lock its owner out. */
function Change({ has, onDone }: { has: boolean; onDone: () => void }) {
  const [proven, setProven] = useState(!has);
  const [first, setFirst] = useState('');
  const [pin, setOwn] = useState('');
  const [wrong, setWrong] = useState(false);
  if (!proven) return <PinPad checkPin={checkPin} onRight={() => setProven(true)} />;

  async function next() {
    if (pin.length < SHORTEST) return;
    if (!first) return setFirst(pin), setOwn('');
    if (pin !== first) return setWrong(true), setFirst(''), setOwn('');
    await setPin(pin);
    onDone();
  }

  const label = first ? t('settings.pinAgain') : t('settings.pinNew');
  return (
    <div class="stack">
      <NumberPad key={label} label={label} placeholder={label} value={pin} maxlength={8} secret starts onChange={(typed) => (setOwn(typed), setWrong(false))} onEnter={next} />
      <p class="field__error" role="alert" hidden={!wrong}>{wrong && t('settings.pinDiffers')}</p>
      <Button kind="main" wide disabled={pin.length < SHORTEST} onClick={next}>{t('common.continue')}</Button>
    </div>
  );
}
