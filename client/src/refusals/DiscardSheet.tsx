import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { discard } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { deedOf, type Refused } from './words';

/** Gone for good, so it takes a typed word; who threw away what is recorded. */
export function DiscardSheet({ refused, open, onClose, onDiscard }: {
  refused: Refused; open: boolean; onClose: () => void;
  /** Where it does not lie in one's own tray. */
  onDiscard?: () => Promise<void>;
}) {
  const [typed, setTyped] = useState('');
  const word = t('refusals.discardWord');
  const sure = typed.trim().toLowerCase() === word.toLowerCase();

  async function away() {
    if (!sure) return;
    try {
      await (onDiscard ? onDiscard() : discard(refused.clientMutationId, 'DISCARDED'));
    } catch {
      return showToast({ text: t('desk.handedOffline') });
    }
    onClose();
    showToast({ text: t('refusals.discarded') });
  }

  return (
    <Sheet open={open} title={t('refusals.discard')} onClose={onClose}
      footer={<Button kind="danger" wide disabled={!sure} onClick={away}>{t('refusals.discard')}</Button>}>
      <div class="stack">
        <p>{t('refusals.discardText', { deed: deedOf(refused) })}</p>
        <Field label={t('refusals.discardAsk', { word })} value={typed} onInput={setTyped} autocomplete="off" starts onEnter={away} />
      </div>
    </Sheet>
  );
}
