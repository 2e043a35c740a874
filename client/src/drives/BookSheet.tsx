import { useEffect, useState } from 'preact/hooks';
import { formatDay, formatTime, t } from '../i18n';
import { newId } from '../ids';
import { nameOf } from '../leads/queries';
import { policiesOf } from '../showrooms/policies';
import { add, store } from '../sync/store';
import { draft } from '../sync/drafts';
import { Button } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { bookTestDrive } from './mutators';
import { carOf, here } from './queries';
import { LeadChoice } from './LeadChoice';
import { SlotChoice, type Choice } from './SlotChoice';

export interface Wished {
  leadId?: string;
  vehicleId?: string;
  startsAt?: number;
  day: string;
}

interface Booking extends Choice {
  id: string;
  leadId: string | null;
}

const KEY = 'drive.new';
const MINUTE = 60_000;

/** Who, which car, when: what was tapped is kept as a draft until it is booked. */
export function BookSheet({ wished, onClose }: { wished: Wished | null; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const booking = draft<Booking>(KEY, { id: newId(), leadId: null, vehicleId: null, startsAt: null, day: '', minutes: policiesOf(here()).driveMinutes });
  const set = (part: Partial<Booking>) => (booking.value = { ...booking.value, ...part });
  useEffect(() => {
    if (!wished) return;
    const { leadId = booking.peek().leadId, vehicleId = null, startsAt = null, day } = wished;
    set({ leadId, day, startsAt, vehicleId: vehicleId ?? booking.peek().vehicleId, minutes: booking.peek().minutes || policiesOf(here()).driveMinutes });
  }, [wished]);
  const { leadId, vehicleId, startsAt, minutes } = booking.value;
  const ready = leadId && vehicleId && startsAt;

  async function book() {
    if (!ready || busy) return;
    setBusy(true);
    const slot = { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + minutes * MINUTE).toISOString() };
    const handle = await add(bookTestDrive, { id: booking.value.id, leadId, vehicleId, ...slot }, { draft: KEY, hold: true }).finally(() => setBusy(false));
    const said = { car: carOf(store.get('vehicles', vehicleId)), time: formatTime(startsAt) };
    onClose();
    showToast({ text: t('drives.requested', said), undo: () => void handle.undo() });
  }

  return (
    <Sheet open={wished !== null} title={t('drives.bookTitle')} onClose={onClose}
      footer={<Button kind="main" wide disabled={!ready || busy} onClick={book}>{ready ? t('drives.bookAt', { day: formatDay(startsAt), time: formatTime(startsAt) }) : t('common.book')}</Button>}>
      <div class="stack">
        <LeadChoice leadId={leadId} onChange={(next) => set({ leadId: next })} />
        <SlotChoice choice={booking.value} onChange={set} />
      </div>
    </Sheet>
  );
}

export const nameOfLead = (leadId: string): string => nameOf(store.get('customers', store.get('leads', leadId)?.customerId));
