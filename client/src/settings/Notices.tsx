import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { formatDayTime, formatNumber, t } from '../i18n';
import { me } from '../people/session';
import { paths } from '../routes';
import { SignInForm } from '../sign_in/SignInForm';
import { share } from '../refusals/handing';
import { asTypedText } from '../refusals/words';
import { acknowledge, kick, status, unkept as inMemory } from '../sync/store';
import { update, updateReady } from '../updates';
import { Button } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import './settings.css';

/** What a person must know wherever they are: nothing, nearly always. */
export function Notices() {
  const { bootstrapping, signInNeeded, quota, unkept, evicted, restocked, resent } = status.value;
  return (
    <div class="notices">
      {unkept > 0 && <Notice bad text={t('settings.unkept', { count: unkept })}><Button onClick={() => void shareUnkept()}>{t('common.share')}</Button></Notice>}
      {quota && unkept === 0 && <Notice bad text={t('settings.quota')}><Button href={paths.settings()}>{t('settings.seeWhatWaits')}</Button></Notice>}
      {signInNeeded && <Again />}
      {restocked && <Notice bad text={t('settings.restocked')}><Button onClick={() => void acknowledge('restocked')}>{t('common.ok')}</Button></Notice>}
      {evicted && <Notice text={t('settings.evicted')}><Button onClick={() => void acknowledge('evicted')}>{t('common.ok')}</Button></Notice>}
      {resent && (
        <Notice text={resent.missingUntil ? t('settings.resentMissing', { until: formatDayTime(resent.missingUntil) }) : t('settings.resent', { count: resent.count })}>
          <Button onClick={() => void acknowledge('resent')}>{t('common.ok')}</Button>
        </Notice>
      )}
      {updateReady.value && <Notice text={t('settings.updateReady')}><Button onClick={() => void update()}>{t('settings.updateNow')}</Button></Notice>}
      {bootstrapping && <Fetching {...bootstrapping} />}
    </div>
  );
}

function Notice({ text, bad, children }: { text: string; bad?: boolean; children?: ComponentChildren }) {
  return (
    <div class={bad ? 'notice notice--bad' : 'notice'} role="status">
      <p>{text}</p>
      {children}
    </div>
  );
}

/** All of it as one text, by the tablet's own way of sharing: there it is safe. */
const shareUnkept = (): Promise<void> => share(inMemory.peek().map(asTypedText).join('\n\n'));

function Fetching({ done, total }: { done: number; total: number }) {
  return (
    <div class="notice" role="status">
      <p>{t('settings.fetching', { done: formatNumber(done), total: formatNumber(total) })}</p>
      <progress class="notice__progress" value={done} max={Math.max(total, 1)} aria-label={t('settings.fetchingLabel')} />
    </div>
  );
}

function Again() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Notice text={t('signIn.againText')}><Button onClick={() => setOpen(true)}>{t('signIn.again')}</Button></Notice>
      <Sheet open={open} title={t('signIn.again')} onClose={() => setOpen(false)}>
        <SignInForm email={me.value?.email} onDone={() => (setOpen(false), kick())} />
      </Sheet>
    </>
  );
}
