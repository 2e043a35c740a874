import { serverNow, tick } from '../clock';
import { dayOf, formatDay, formatTime, t } from '../i18n';
import type { TestDriveRow } from '../model';
import { openings, type Span } from '../showrooms/hours';
import { add, store } from '../sync/store';
import { TimeGrid, type GridBlock } from '../ui/TimeGrid';
import { showToast } from '../ui/Toast';
import { atMinutes, localMinutes } from './hours';
import { moveTestDrive } from './mutators';
import { carOf, demoCars, driverOf, drivesOn, here, houseOf, lookOf, plateOf, stateOf, takenOf } from './queries';
import { fault } from './slots';
import { sentenceOf } from './sentences';

export interface DayProps {
  day: string;
  onGap: (vehicleId: string, startsAt: number) => void;
  onOpen: (driveId: string) => void;
}

const CLOSED_FROM = 9 * 60;
const CLOSED_TO = 18 * 60;

/** A column a car; what is closed is hatched, the quarter of an hour between two drivers is greyed. */
export function Board({ day, onGap, onOpen }: DayProps) {
  const house = houseOf(here());
  const zone = house.calendar.timeZone;
  const cars = demoCars();
  const open = openings(day, house.calendar);
  const { from, to } = boundsOf(open, drivesOn(day), zone);
  const blocks = [
    ...drivesOn(day).map((drive) => blockOf(drive, zone)),
    ...cars.flatMap((car) => closedIn(open, { from, to, zone }).map((span) => ({ ...span, id: `closed ${car.id} ${span.start}`, columnId: car.id, title: t('drives.closed'), state: 'blocked' as const }))),
  ];

  function move(block: GridBlock, at: { columnId: string; start: number; end: number }) {
    const drive = store.get('testDrives', block.id);
    if (!drive) return;
    const startsAt = atMinutes(day, at.start, zone);
    const slot = { startsAt, endsAt: startsAt + Date.parse(drive.endsAt) - Date.parse(drive.startsAt) };
    const now = serverNow().getTime();
    const wrong = fault(slot, { house, taken: takenOf(at.columnId, { now, besides: drive.id }), now });
    if (wrong) return showToast({ text: sentenceOf(wrong) });
    void moveTo(drive, { vehicleId: at.columnId, slot });
  }

  return (
    <div class="drives__board">
      <TimeGrid label={t('drives.board', { day: formatDay(day, 'long') })} columns={cars.map((car) => ({ id: car.id, title: carOf(car), subtitle: plateOf(car, { short: true }) }))}
        blocks={blocks} from={from} to={to} now={day === dayOf(tick.value) ? localMinutes(tick.value, zone) : null}
        onGap={(vehicleId, start) => onGap(vehicleId, atMinutes(day, start, zone))} onOpen={({ id, state }) => state !== 'blocked' && onOpen(id)} onMove={move} />
    </div>
  );
}

export async function moveTo(drive: TestDriveRow, { vehicleId, slot }: { vehicleId: string; slot: Span }): Promise<void> {
  const handle = await add(moveTestDrive, { id: drive.id, vehicleId, startsAt: new Date(slot.startsAt).toISOString(), endsAt: new Date(slot.endsAt).toISOString() }, { hold: true });
  const car = carOf(store.get('vehicles', vehicleId));
  showToast({ text: t('drives.moved', { name: driverOf(drive), car, time: formatTime(slot.startsAt) }), undo: () => void handle.undo() });
}

function blockOf(drive: TestDriveRow, zone: string): GridBlock {
  const start = localMinutes(Date.parse(drive.startsAt), zone);
  const look = lookOf(drive);
  return {
    id: drive.id, columnId: drive.vehicleId, start, end: start + (Date.parse(drive.endsAt) - Date.parse(drive.startsAt)) / 60_000,
    title: driverOf(drive), subtitle: look === 'booked' ? undefined : stateOf(drive), state: look,
  };
}

/** From the first opening to the last closing, and a drive that lies outside of them. */
function boundsOf(open: readonly Span[], drives: readonly TestDriveRow[], zone: string): { from: number; to: number } {
  const spans = [...open, ...drives.map(({ startsAt, endsAt }) => ({ startsAt: Date.parse(startsAt), endsAt: Date.parse(endsAt) }))];
  if (spans.length === 0) return { from: CLOSED_FROM, to: CLOSED_TO };
  const from = Math.min(...spans.map(({ startsAt }) => localMinutes(startsAt, zone)));
  const to = Math.max(...spans.map(({ startsAt, endsAt }) => localMinutes(startsAt, zone) + (endsAt - startsAt) / 60_000));
  return { from: Math.floor(from / 30) * 30, to: Math.min(24 * 60, Math.ceil(to / 30) * 30) };
}

/** The pauses of the board's day: all of it when the showroom is closed. */
function closedIn(open: readonly Span[], { from, to, zone }: { from: number; to: number; zone: string }): { start: number; end: number }[] {
  const closed: { start: number; end: number }[] = [];
  let start = from;
  for (const span of open) {
    const opens = localMinutes(span.startsAt, zone);
    if (opens > start) closed.push({ start, end: opens });
    start = Math.max(start, opens + (span.endsAt - span.startsAt) / 60_000);
  }
  if (start < to) closed.push({ start, end: to });
  return closed;
}
