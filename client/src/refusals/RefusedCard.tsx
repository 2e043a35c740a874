import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { formatAgo, formatDay, formatDayTime, formatTime, languageOf, t } from '../i18n';
import { dayOf } from '../i18n';
import { sendAgain } from '../sync/store';
import { Button } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { Chip } from '../ui/ChipGroup';
import { showToast } from '../ui/Toast';
import { DiscardSheet } from './DiscardSheet';
import { FixSheet } from './FixSheet';
import { freeSlots, mended, type Slot } from './fixing';
import { handOver } from './handing';
import { deedOf, typedOf, whyOf, type Refused } from './words';

/** One entry in its own words, and at most three ways on. */
export function RefusedCard({ refused }: { refused: Refused }) {
  const [asks, setAsks] = useState<'fix' | 'discard' | null>(null);
  const typed = typedOf(refused);
  const slots = freeSlots(refused);
  const why = whyOf(refused);
  return (
    <Card title={deedOf(refused)} aside={<span class="quiet small" title={formatDayTime(refused.at)}>{formatAgo(refused.at, tick.value)}</span>}>
      <div class="refused__why" lang={languageOf(why)}>
        {refused.parked && <Tag tone="bad">{t('refusals.parked')}</Tag>}
        <p><span class="only-read">{t('refusals.why')}: </span>{why}</p>
      </div>
      {typed.length > 0 && (
        <dl class="refused__typed" aria-label={t('refusals.typed')}>
          {typed.map(({ label, value }, index) => (
            <div key={index} class="refused__line">
              <dt>{label}</dt>
              <dd lang={languageOf(value)}>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {slots.length > 0 && (
        <div class="refused__slots">
          <div class="field__label" id={`slots-${refused.clientMutationId}`}>{t('refusals.freeInstead')}</div>
          <div class="chips" role="group" aria-labelledby={`slots-${refused.clientMutationId}`}>
            {slots.map((slot) => <Chip key={slot.startsAt} label={wordOf(slot)} icon="calendar" onClick={() => void take(refused, slot)} />)}
          </div>
        </div>
      )}
      <div class="refused__ways">
        <Button kind={slots.length > 0 ? 'second' : 'main'} onClick={() => setAsks('fix')}>{t('refusals.fix')}</Button>
        <Button onClick={() => void handOver(refused)}>{t('refusals.handOver')}</Button>
        <Button kind="plain" onClick={() => setAsks('discard')}>{t('refusals.discard')}</Button>
      </div>
      <FixSheet refused={refused} open={asks === 'fix'} onClose={() => setAsks(null)} />
      <DiscardSheet refused={refused} open={asks === 'discard'} onClose={() => setAsks(null)} />
    </Card>
  );
}

const wordOf = ({ startsAt }: Slot): string => (dayOf(startsAt) === dayOf(tick.value) ? formatTime(startsAt) : `${formatDay(startsAt)} ${formatTime(startsAt)}`);

/** One tap: the same wish at a free time. */
async function take(refused: Refused, { startsAt, endsAt }: Slot): Promise<void> {
  await sendAgain(refused, mended(refused.variables, { startsAt, endsAt }));
  showToast({ text: t('refusals.sentAgain') });
}
