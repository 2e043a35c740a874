import type { ComponentChildren } from 'preact';
import { tick } from '../clock';
import { dayOf, formatDay, formatTime, t } from '../i18n';
import type { VehicleRow } from '../model';
import { store } from '../sync/store';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { carOf, demoCars, here, houseOf, plateOf, takenOf } from './queries';
import { free, nearest } from './slots';

export interface Choice {
  vehicleId: string | null;
  /** Milliseconds. */
  startsAt: number | null;
  day: string;
  minutes: number;
}

const MINUTE = 60_000;
const lengths = ['15', '30', '45', '60'] as const;

/** Which car, which day, and of its free slots one. `besides` is the drive that is being moved. */
export function SlotChoice({ choice, besides, onChange }: { choice: Choice; besides?: string; onChange: (part: Partial<Choice>) => void }) {
  const { vehicleId, startsAt, day, minutes } = choice;
  const cars = demoCars();
  const car = store.get('vehicles', vehicleId);
  const now = tick.value;
  const wish = { house: houseOf(here()), taken: vehicleId ? takenOf(vehicleId, { now, besides }) : [], length: minutes * MINUTE, earliest: now - 5 * MINUTE };
  const slots = vehicleId && day ? free(day, wish) : [];
  const isFree = slots.some((slot) => slot.startsAt === startsAt);
  const others = startsAt && !isFree && vehicleId ? nearest(startsAt, wish) : [];
  return (
    <>
      <Asked label={t('drives.whichCar')}>
        <ChipGroup label={t('drives.whichCar')} value={vehicleId} onChange={(next) => next && onChange({ vehicleId: next })}
          options={cars.map((one) => ({ value: one.id, label: labelOf(one, cars) }))} />
        {car && <p class="quiet small">{plateOf(car)}</p>}
      </Asked>
      <Field label={t('common.date')} kind="date" value={day} min={dayOf(now)} onInput={(next) => next && onChange({ day: next, startsAt: null })} />
      <Asked label={t('drives.length')}>
        <ChipGroup label={t('drives.length')} value={String(minutes) as '30'} onChange={(next) => next && onChange({ minutes: Number(next) })}
          options={lengths.map((value) => ({ value, label: t('common.minutes', { count: Number(value) }) }))} />
      </Asked>
      {vehicleId && (
        <Asked label={t('drives.freeAt')}>
          {others.length > 0 && (
            <>
              <p class="drives__instead small" role="status">{t('drives.notFreeAt', { time: formatTime(startsAt!) })}</p>
              <ChipGroup label={t('drives.nearest')} value={null} onChange={(next) => next && onChange({ startsAt: Number(next), day: dayOf(Number(next)) })}
                options={others.map((slot) => ({ value: String(slot.startsAt), label: dayOf(slot.startsAt) === day ? formatTime(slot.startsAt) : `${formatDay(slot.startsAt)} ${formatTime(slot.startsAt)}` }))} />
            </>
          )}
          {slots.length > 0
            ? <ChipGroup label={t('drives.freeAt')} value={isFree ? String(startsAt) : null} onChange={(next) => onChange({ startsAt: next ? Number(next) : null })}
                options={slots.map((slot) => ({ value: String(slot.startsAt), label: formatTime(slot.startsAt) }))} />
            : <p class="quiet small">{t('drives.noneFree')}</p>}
        </Asked>
      )}
    </>
  );
}

/** The plate only where two cars have the same name. */
function labelOf(car: VehicleRow, cars: readonly VehicleRow[]): string {
  const twins = cars.filter((other) => carOf(other) === carOf(car)).length > 1;
  return twins ? `${carOf(car)} · ${car.plate || car.stockNumber}` : carOf(car);
}

export function Asked({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="drives__asked">
      <div class="field__label" aria-hidden="true">{label}</div>
      {children}
    </div>
  );
}
