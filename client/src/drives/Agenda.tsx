import { tick } from '../clock';
import { formatTime, t } from '../i18n';
import type { VehicleRow } from '../model';
import { policiesOf } from '../showrooms/policies';
import { openings } from '../showrooms/hours';
import { Card, Tag } from '../ui/Card';
import { Chip } from '../ui/ChipGroup';
import { Icon } from '../ui/Icon';
import { ListRow, Rows } from '../ui/ListRow';
import type { DayProps } from './Board';
import { carOf, demoCars, driverOf, drivesOn, here, houseOf, lookOf, plateOf, stateOf, takenOf } from './queries';
import { free } from './slots';

const SHOWN = 8;

/** On a phone: a card a car, who has it when, and when it is free. */
export function Agenda(props: DayProps) {
  const closed = openings(props.day, houseOf(here()).calendar).length === 0;
  return (
    <div class="drives__agenda">
      {closed && <p class="quiet">{t('drives.closedDay')}</p>}
      {demoCars().map((car) => <CarDay key={car.id} car={car} {...props} />)}
    </div>
  );
}

function CarDay({ car, day, onGap, onOpen }: DayProps & { car: VehicleRow }) {
  const now = tick.value;
  const showroom = here();
  const drives = drivesOn(day).filter(({ vehicleId }) => vehicleId === car.id);
  const slots = free(day, { house: houseOf(showroom), taken: takenOf(car.id, { now }), length: policiesOf(showroom).driveMinutes * 60_000, earliest: now })
    .filter(({ startsAt }) => new Date(startsAt).getUTCMinutes() % 30 === 0);
  return (
    <Card title={carOf(car)} aside={<span class="quiet small">{plateOf(car)}</span>} flush>
      {drives.length > 0 && (
        <Rows label={t('drives.bookings', { car: carOf(car) })}>
          {drives.map((drive) => (
            <ListRow key={drive.id} mark={<Icon name="wheel" />} title={driverOf(drive)} onOpen={() => onOpen(drive.id)}
              subtitle={`${formatTime(drive.startsAt)} – ${formatTime(drive.endsAt)}`}
              tags={<Tag tone={{ requested: 'wait', booked: 'accent', out: 'good', done: undefined }[lookOf(drive)] as 'wait'}>{stateOf(drive)}</Tag>} />
          ))}
        </Rows>
      )}
      <div class="drives__free">
        {slots.length === 0 && <p class="quiet small">{t('drives.noneFree')}</p>}
        <div class="chips">
          {slots.slice(0, SHOWN).map(({ startsAt }) => <Chip key={startsAt} label={formatTime(startsAt)} onClick={() => onGap(car.id, startsAt)} />)}
          {slots.length > SHOWN && <Chip label={t('common.more')} icon="more" onClick={() => onGap(car.id, slots[SHOWN]!.startsAt)} />}
        </div>
      </div>
    </Card>
  );
}
