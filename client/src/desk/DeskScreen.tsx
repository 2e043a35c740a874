import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { Page } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { t } from '../i18n';
import { paths } from '../routes';
import { Button } from '../ui/Button';
import { Figure } from '../ui/Card';
import { isPrivate } from '../ui/privacy';
import { EmptyState } from '../ui/States';
import { inTheHouse, todays } from '../visits/queries';
import { FiguresSheet } from './FiguresSheet';
import { Floor } from './Floor';
import { HandedCard } from './HandedCard';
import { Appointments, CarsOut, Newest, Overdue } from './Lists';
import { Losses } from './Losses';
import { appointments, drivesOut } from './queries';
import '../refusals/refusals.css';
import './desk.css';

/** The floor first: who is in the house and for how long; then who is expected, who is out, and what wants a manager. */
export default function DeskScreen() {
  useScreen({ title: t('desk.title') });
  const [figures, setFigures] = useState(false);
  const now = tick.value;
  if (isPrivate()) return <Page><EmptyState icon="eyeOff" title={t('common.privacyHidden')} /></Page>;
  return (
    <Page wide>
      <div class="desk__head">
        <div class="figures">
          <Figure value={inTheHouse(now).length} label={t('desk.inHouse')} />
          <Figure value={todays(now).length} label={t('desk.visitsToday')} />
          <Figure value={drivesOut().length} label={t('desk.carsOut')} />
          <Figure value={appointments(now).length} label={t('desk.expected')} />
        </div>
        <div class="line">
          <Button icon="info" onClick={() => setFigures(true)}>{t('desk.figures')}</Button>
          <Button kind="main" icon="plus" href={paths.visit()}>{t('common.navVisit')}</Button>
        </div>
      </div>
      <Floor />
      <div class="desk__columns">
        <div class="stack"><HandedCard /><Losses /><Overdue /></div>
        <div class="stack"><CarsOut /><Appointments /><Newest /></div>
      </div>
      <FiguresSheet open={figures} onClose={() => setFigures(false)} />
    </Page>
  );
}
