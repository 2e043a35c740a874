import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { LossApplicationRow } from '../model';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { refuseLoss } from './mutators';

/** The salesperson tries again, and is told what the manager thinks. */
export function RefuseSheet({ loss, onClose }: { loss: LossApplicationRow | null; onClose: () => void }) {
  const [kept, setKept] = useState(loss);
  if (loss && kept !== loss) setKept(loss);
  const key = `refuse:${(loss ?? kept)?.id}`;
  const note = draft(key, '');
  const give = () => {
    if (!loss) return;
    onClose();
    void refuse(loss.id, note.value, key);
  };
  return (
    <Sheet open={!!loss} title={t('lead.decideTitle')} onClose={onClose} footer={<Button kind="main" wide onClick={give}>{t('lead.refuseIt')}</Button>}>
      <Field label={t('lead.decideNote')} kind="textarea" starts value={note.value} maxlength={10_000} onInput={(next) => (note.value = next)} />
    </Sheet>
  );
}

async function refuse(id: string, note: string, key: string): Promise<void> {
  const handle = await add(refuseLoss, { id, note }, { draft: key, hold: true });
  showToast({ text: t('lead.refused'), undo: () => void handle.undo() });
}
