import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { dayOf, formatNumber, formatShare, t } from '../i18n';
import { me } from '../people/session';
import { dayAfter } from '../showrooms/hours';
import { store } from '../sync/store';
import { Figure } from '../ui/Card';
import { Icon } from '../ui/Icon';
import { SegmentedControl } from '../ui/SegmentedControl';
import { Sheet } from '../ui/Sheet';
import { countsOf, ratesOf, shareOf, type Counts, type Rate } from './figures';

const periods = ['1', '7', '30'] as const;

/** Behind one tap; behind another each rate says how it was reckoned, and from what. */
export function FiguresSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [days, setDays] = useState<(typeof periods)[number]>('1');
  return (
    <Sheet open={open} title={t('desk.figures')} onClose={onClose}>
      {open && (
        <div class="stack">
          <SegmentedControl label={t('desk.period')} value={days} onChange={setDays}
            options={periods.map((value) => ({ value, label: value === '1' ? t('common.today') : t('desk.lastDays', { count: Number(value) }) }))} />
          <Figures days={Number(days)} />
        </div>
      )}
    </Sheet>
  );
}

function Figures({ days }: { days: number }) {
  const counts = useCounts(days);
  const visits = Object.values(counts.visits).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <div class="figures">
        <Figure value={formatNumber(visits)} label={t('desk.visits')} />
        <Figure value={formatNumber(counts.drives)} label={t('desk.drives')} />
        <Figure value={formatNumber(counts.orders)} label={t('desk.orders')} />
      </div>
      <div>{ratesOf(counts).map((rate) => <RateRow key={rate.name} rate={rate} />)}</div>
      <p class="quiet small">{t('desk.figuresFrom')}</p>
    </>
  );
}

function RateRow({ rate }: { rate: Rate }) {
  return (
    <details class="desk__rate">
      <summary>
        <span>{t(`desk.rate_${rate.name}`)}</span>
        <span class="desk__share"><b>{formatShare(shareOf(rate))}</b><Icon name="info" size={20} /></span>
      </summary>
      <p class="quiet small">{t(`desk.formula_${rate.name}`)}</p>
      <p>{t('desk.outOf', { numerator: formatNumber(rate.numerator), denominator: formatNumber(rate.denominator) })}</p>
    </details>
  );
}

function useCounts(days: number): Counts {
  const here = me.value?.showroomId ?? '';
  const today = dayOf(tick.value);
  const first = dayAfter(today, 1 - days);
  const rows = {
    visits: store.by('visits', 'showroomId', here), drives: store.by('testDrives', 'showroomId', here),
    sales: store.by('sales', 'showroomId', here), losses: store.by('lossApplications', 'showroomId', here),
  };
  return countsOf(rows, (at) => dayOf(at) >= first && dayOf(at) <= today);
}
