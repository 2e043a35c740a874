import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { formatAgo, languageOf, t } from '../i18n';
import { nameOf } from '../leads/queries';
import type { LossApplicationRow } from '../model';
import { paths } from '../routes';
import { approveLoss, refuseLoss } from '../sales/mutators';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Button, follow } from '../ui/Button';
import { Card } from '../ui/Card';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { Nothing } from './Nothing';
import { lossesWaiting } from './queries';

const SHOWN = 3;

/** Leads that somebody wants to give up: why, with the evidence, and a manager's word. */
export function Losses() {
  const waiting = lossesWaiting();
  const [all, setAll] = useState(false);
  const [refusing, setRefusing] = useState<LossApplicationRow | null>(null);
  if (waiting.length === 0) return <Nothing title={t('desk.losses')} text={t('desk.lossesNone')} />;
  return (
    <Card title={t('desk.losses')}>
      <ul class="desk__losses">{waiting.slice(0, all ? undefined : SHOWN).map((loss) => <Loss key={loss.id} loss={loss} onRefuse={() => setRefusing(loss)} />)}</ul>
      {!all && waiting.length > SHOWN && <Button kind="plain" wide onClick={() => setAll(true)}>{t('common.showMore')} · {waiting.length - SHOWN}</Button>}
      <RefuseSheet loss={refusing} onClose={() => setRefusing(null)} />
    </Card>
  );
}

function Loss({ loss, onRefuse }: { loss: LossApplicationRow; onRefuse: () => void }) {
  const name = nameOf(store.get('customers', loss.customerId));
  const href = paths.lead(loss.leadId);
  return (
    <li class="desk__loss">
      <div class="line">
        <a href={href} lang={languageOf(name)} onClick={(event) => follow(event, href)}><b>{name}</b></a>
        <span class="quiet small">{[store.get('people', loss.appliedById)?.name, formatAgo(loss.appliedAt, tick.value)].filter(Boolean).join(' · ')}</span>
      </div>
      <p>{[t(reasons[loss.reason]), loss.rival].filter(Boolean).join(': ')}</p>
      {loss.evidence && <p class="quiet small" lang={languageOf(loss.evidence)}>{loss.evidence}</p>}
      <div class="line">
        <Button onClick={() => void approve(loss, name)}>{t('desk.approve')}</Button>
        <Button onClick={onRefuse}>{t('desk.refuse')}</Button>
      </div>
    </li>
  );
}

function RefuseSheet({ loss, onClose }: { loss: LossApplicationRow | null; onClose: () => void }) {
  const key = `loss.${loss?.id ?? 'none'}`;
  const note = draft(key, '');
  async function refuse() {
    if (!loss) return;
    const handle = await add(refuseLoss, { id: loss.id, note: note.value.trim() }, { draft: key, hold: true });
    onClose();
    showToast({ text: t('desk.refused'), undo: () => void handle.undo() });
  }
  return (
    <Sheet open={loss !== null} title={t('desk.refuseTitle')} onClose={onClose} footer={<Button kind="main" wide onClick={refuse}>{t('desk.refuse')}</Button>}>
      <Field label={t('desk.refuseNote')} kind="textarea" value={note.value} onInput={(text) => (note.value = text)} hint={t('desk.refuseHint')} optional starts maxlength={10000} />
    </Sheet>
  );
}

async function approve(loss: LossApplicationRow, name: string): Promise<void> {
  const handle = await add(approveLoss, { id: loss.id }, { hold: true });
  showToast({ text: t('desk.approved', { name }), undo: () => void handle.undo() });
}

const reasons = {
  PRICE: 'words.loss_price', RIVAL: 'words.loss_rival', STOCK_OR_COLOUR: 'words.loss_stock', FINANCE_DECLINED: 'words.loss_finance', TRADE_IN_VALUE: 'words.loss_trade_in',
  PLAN_DROPPED: 'words.loss_plan_dropped', UNREACHABLE: 'words.loss_unreachable', SISTER_SHOWROOM: 'words.loss_sister', SERVICE_OR_ATTITUDE: 'words.loss_service', OTHER: 'words.loss_other',
} as const;
