import { tick } from '../clock';
import { formatTime, t } from '../i18n';
import { carOf, driverOf } from '../drives/queries';
import { nameOf as nameOfCustomer } from '../leads/queries';
import { paths } from '../routes';
import { store } from '../sync/store';
import { Card, Tag } from '../ui/Card';
import { Icon } from '../ui/Icon';
import { ListRow, Rows } from '../ui/ListRow';
import { glyphs, lineOf, nameOf } from '../visits/OpenVisits';
import { todays } from '../visits/queries';
import { Nothing } from './Nothing';
import { appointments, drivesOut, overdueByOwner } from './queries';

const NEWEST = 5;

export function CarsOut() {
  const out = drivesOut();
  if (out.length === 0) return <Nothing title={t('desk.carsOut')} text={t('desk.carsOutNone')} />;
  return (
    <Card title={t('desk.carsOut')} flush>
      <Rows label={t('desk.carsOut')}>
        {out.map((drive) => {
          const late = Date.parse(drive.endsAt) < tick.value;
          return <ListRow key={drive.id} mark={<Icon name="wheel" />} title={carOf(store.get('vehicles', drive.vehicleId))} subtitle={driverOf(drive)} href={paths.drive(drive.id)} time={t('desk.backBy', { time: formatTime(drive.endsAt) })} late={late} />;
        })}
      </Rows>
    </Card>
  );
}

export function Appointments() {
  const expected = appointments(tick.value);
  if (expected.length === 0) return <Nothing title={t('desk.expected')} text={t('desk.expectedNone')} />;
  return (
    <Card title={t('desk.expected')} flush>
      <Rows label={t('desk.expected')}>
        {expected.map(({ id, leadId, customerId, at, drive, ownerId }) => (
          <ListRow key={id} mark={<Icon name={drive ? 'wheel' : 'calendar'} />} title={drive ? driverOf(drive) : nameOfCustomer(store.get('customers', customerId))}
            subtitle={[drive ? carOf(store.get('vehicles', drive.vehicleId)) : t('desk.comesIn'), store.get('people', ownerId)?.name].filter(Boolean).join(' · ')}
            time={formatTime(at)} late={Date.parse(at) < tick.value} href={drive ? paths.drive(drive.id) : paths.lead(leadId)} />
        ))}
      </Rows>
    </Card>
  );
}

export function Overdue() {
  const behind = overdueByOwner(tick.value);
  if (behind.length === 0) return <Nothing title={t('desk.overdue')} text={t('desk.overdueNone')} />;
  return (
    <Card title={t('desk.overdue')} flush>
      <Rows label={t('desk.overdue')}>
        {behind.map(({ ownerId, count, oldest }) => (
          <ListRow key={ownerId ?? 'pool'} mark={<Icon name="user" />} title={store.get('people', ownerId)?.name ?? t('desk.pool')} subtitle={t('desk.oldest', { count: oldest })}
            tags={undefined} time={t('desk.overdueCount', { count })} late={oldest >= 4} />
        ))}
      </Rows>
    </Card>
  );
}

export function Newest() {
  const visits = todays(tick.value).slice(0, NEWEST);
  if (visits.length === 0) return null;
  return (
    <Card title={t('desk.newest')} flush>
      <Rows label={t('desk.newest')}>
        {visits.map((visit) => (
          <ListRow key={visit.id} mark={<Icon name={glyphs[visit.party]} />} title={nameOf(visit)} subtitle={lineOf(visit)}
            href={visit.leadId && store.get('leads', visit.leadId) ? paths.lead(visit.leadId) : paths.visit(visit.id)} tags={<Tag>{t(kinds[visit.kind])}</Tag>} />
        ))}
      </Rows>
    </Card>
  );
}

const kinds = {
  NOT_COMPLETED: 'words.visit_open', FIRST_FILED: 'words.visit_first', FIRST_ALREADY_FILED: 'words.visit_known', LOOKED_NOT_FILED: 'words.visit_looked',
  RETURN: 'words.visit_return', NOT_A_BUYER: 'words.visit_other',
} as const;
