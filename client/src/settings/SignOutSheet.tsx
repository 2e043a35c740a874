import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { signOut } from '../people/session';
import { status } from '../sync/store';
import { Button } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';

/** Says what stays before one goes. */
export function SignOutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const { waiting, refused } = status.value;

  async function leave() {
    setBusy(true);
    onClose();
    const { unsent } = await signOut();
    setBusy(false);
    if (unsent > 0) showToast({ text: t('settings.stayed', { count: unsent }) });
  }

  return (
    <Sheet open={open} title={t('common.signOut')} onClose={onClose}
      footer={<Button kind="main" wide icon="signOut" disabled={busy} onClick={leave}>{t('common.signOut')}</Button>}>
      <div class="stack">
        <p>{waiting + refused > 0 ? t('settings.signOutUnsent', { count: waiting + refused }) : t('settings.signOutClean')}</p>
        <p class="quiet small">{t('settings.signOutData')}</p>
      </div>
    </Sheet>
  );
}
