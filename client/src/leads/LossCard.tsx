import { formatDay, languageOf, t } from '../i18n';
import type { LeadRow } from '../model';
import { me } from '../people/session';
import { approveLoss } from '../sales/mutators';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { Veil } from '../ui/privacy';
import { showToast } from '../ui/Toast';
import { waitingLoss } from './queries';
import type { Open } from './sheets';

/** An application for a loss that waits: the manager decides right here. */
export function LossCard({ lead, open }: { lead: LeadRow; open: Open }) {
  const loss = waitingLoss(lead.id);
  if (!loss) return null;
  const who = store.get('people', loss.appliedById)?.name ?? t('common.unknown');
  return (
    <Card title={t('lead.lossWaits', { reason: t(`lead.loss_${loss.reason}`) })} tone="wait" aside={store.isWaiting(loss.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}>
      <Veil>
        {loss.rival && <p><strong>{loss.rival}</strong></p>}
        {loss.evidence && <p lang={languageOf(loss.evidence)}>{loss.evidence}</p>}
        <p class="quiet small">{t('lead.lossBy', { name: who, day: formatDay(loss.appliedAt, 'weekday') })}</p>
        {me.value?.isManager
          ? (
            <div class="line">
              <Button kind="main" icon="check" onClick={() => void approve(loss.id)}>{t('lead.approve')}</Button>
              <Button icon="undo" onClick={() => open('refuse')}>{t('lead.refuse')}</Button>
            </div>
          )
          : <p class="quiet small">{t('lead.waitsForManager')}</p>}
      </Veil>
    </Card>
  );
}

async function approve(id: string): Promise<void> {
  const handle = await add(approveLoss, { id }, { hold: true });
  showToast({ text: t('lead.approved'), undo: () => void handle.undo() });
}
