import { useState } from 'preact/hooks';
import { dayOf, formatDay, formatTime, t } from '../i18n';
import type { TestDriveRow } from '../model';
import { Button } from '../ui/Button';
import { moveTo } from './Board';
import { SlotChoice, type Choice } from './SlotChoice';

const MINUTE = 60_000;

/** The same as a drag, for those who do not drag: another time, another car, or both. */
export function MoveForm({ drive, onDone }: { drive: TestDriveRow; onDone: () => void }) {
  const startsAt = Date.parse(drive.startsAt);
  const [choice, setChoice] = useState<Choice>({ vehicleId: drive.vehicleId, startsAt, day: dayOf(startsAt), minutes: (Date.parse(drive.endsAt) - startsAt) / MINUTE });
  const at = choice.startsAt;

  async function move() {
    if (!at || !choice.vehicleId) return;
    await moveTo(drive, { vehicleId: choice.vehicleId, slot: { startsAt: at, endsAt: at + choice.minutes * MINUTE } });
    onDone();
  }

  return (
    <div class="stack">
      <SlotChoice choice={choice} besides={drive.id} onChange={(part) => setChoice({ ...choice, ...part })} />
      <Button kind="main" wide disabled={!at} onClick={move}>{at ? t('drives.moveTo', { day: formatDay(at), time: formatTime(at) }) : t('drives.move')}</Button>
    </div>
  );
}
