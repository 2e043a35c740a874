import { useEffect, useState } from 'preact/hooks';
import { tick } from '../clock';
import { formatAgo, formatDayTime, languageOf, t } from '../i18n';
import { DiscardSheet } from '../refusals/DiscardSheet';
import { share } from '../refusals/handing';
import { asText, deedOf, typedOf, whyOf } from '../refusals/words';
import { status } from '../sync/store';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';
import { showToast } from '../ui/Toast';
import { discardHanded, fetchHanded, handed, takeOver, type Handed } from './handed';

/** Typed by people who have left, or on a tablet that was barred, and never sent: a manager decides. Nothing, nearly always. */
export function HandedCard() {
  const { lastSyncedAt } = status.value;
  const minute = Math.floor((lastSyncedAt ?? 0) / 60_000);
  useEffect(() => void fetchHanded(), [minute]);
  const waiting = handed.value ?? [];
  if (waiting.length === 0) return null;
  return (
    <Card title={t('desk.handed', { count: waiting.length })}>
      <p class="quiet small">{t('desk.handedText')}</p>
      <ul class="desk__losses">{waiting.map((one) => <Piece key={one.id} one={one} />)}</ul>
    </Card>
  );
}

function Piece({ one }: { one: Handed }) {
  const [busy, setBusy] = useState(false);
  const [asks, setAsks] = useState(false);
  const deed = one.kind === 'DRAFT' ? t('desk.handedDraft') : deedOf(one);

  async function take() {
    setBusy(true);
    await takeOver(one).then(
      () => showToast({ text: t('desk.handedTaken') }),
      () => showToast({ text: t('desk.handedOffline') }),
    );
    setBusy(false);
  }

  return (
    <li class="desk__loss">
      <div class="line">
        <b>{deed}</b>
        <span class="quiet small" title={formatDayTime(one.at)}>{[one.person, formatAgo(one.at, tick.value)].join(' · ')}</span>
      </div>
      <p class="quiet small">{t(one.why === 'LEFT' ? 'desk.handedLeft' : 'desk.handedBarred')}{one.kind === 'REFUSED' && ` ${whyOf(one)}`}</p>
      <dl class="refused__typed">
        {typedOf(one).map(({ label, value }, index) => (
          <div key={index} class="refused__line">
            <dt>{label}</dt>
            <dd lang={languageOf(value)}>{value}</dd>
          </div>
        ))}
      </dl>
      <div class="refused__ways">
        {one.canTake && <Button disabled={busy} onClick={() => void take()}>{t('desk.takeOver')}</Button>}
        <Button kind={one.canTake ? 'plain' : 'second'} onClick={() => void share(asText(one))}>{t('common.share')}</Button>
        <Button kind="plain" onClick={() => setAsks(true)}>{t('refusals.discard')}</Button>
      </div>
      <DiscardSheet refused={one} open={asks} onClose={() => setAsks(false)} onDiscard={() => discardHanded(one)} />
    </li>
  );
}
