import { serverNow, tick } from '../clock';
import { whyDue, whyPromise } from '../follow_ups/why';
import { keepPromise } from '../follow_ups/mutators';
import { dayOf, daysBetween, formatTime, t } from '../i18n';
import { carName, nameOf, reach, showroomHere, wantedText } from '../leads/queries';
import type { FollowUpRow } from '../model';
import { paths } from '../routes';
import { add, store } from '../sync/store';
import { IconButton } from '../ui/Button';
import { Tag } from '../ui/Card';
import { ListRow } from '../ui/ListRow';
import { Lozenge } from '../ui/Lozenge';
import { isPrivate } from '../ui/privacy';
import { showToast } from '../ui/Toast';
import type { Line } from './queries';

/** One line of the plan: its tick is the first of two taps, and so is its call button. */
export function PlanRow({ line, onAsk }: { line: Line; onAsk: (followUp: FollowUpRow) => void }) {
  const lead = store.get('leads', line.leadId);
  const customer = store.get('customers', line.customerId);
  const name = nameOf(customer);
  const { call } = reach(customer);
  const finish = () => (line.what === 'followUp' ? onAsk(line.row) : line.what === 'promise' && void keep(line.row.id));
  return (
    <ListRow title={name} href={paths.lead(line.leadId)} mark={<Tick line={line} name={name} onTick={finish} />}
      subtitle={<span class="today__car">{lead && <Lozenge level={lead.level} small />}<span class="cut">{lead && wantedText(lead)}</span></span>}
      why={isPrivate() ? undefined : reason(line)} time={timeOf(line)} late={Date.parse(line.at) < tick.value}
      tags={store.isWaiting(line.id) ? <Tag tone="wait">{t('common.waiting')}</Tag> : undefined}
      first={call ? { label: t('common.callPerson', { name }), short: t('common.call'), icon: 'call', href: call, filled: true, onAction: line.what === 'followUp' ? finish : undefined } : undefined} />
  );
}

function Tick({ line, name, onTick }: { line: Line; name: string; onTick: () => void }) {
  if (line.what === 'drive') return <div class="today__tick"><IconButton label={t('today.openDrive', { name })} icon="wheel" href={paths.drive(line.row.id)} /></div>;
  return (
    <div class="today__tick">
      <IconButton class="tick" label={t('today.tick', { name })} icon="check" onClick={onTick} />
    </div>
  );
}

function reason(line: Line): string {
  if (line.what === 'followUp') return whyDue(line.row, tick.value, showroomHere()?.brand);
  if (line.what === 'promise') return whyPromise(line.row.text);
  const car = carName(pick(store.get('vehicles', line.row.vehicleId)));
  return line.row.outAt ? t('today.driveOut', { car, time: formatTime(line.row.outAt) }) : t('today.driveAt', { car, time: formatTime(line.row.startsAt) });
}

const pick = (vehicle: { make: string; model: string } | undefined) => vehicle && { make: vehicle.make, model: vehicle.model };

function timeOf(line: Line): string {
  const late = daysBetween(line.at, serverNow());
  return late > 0 && dayOf(line.at) < dayOf(serverNow()) ? t('today.overdueDays', { count: late }) : formatTime(line.at);
}

async function keep(id: string): Promise<void> {
  const handle = await add(keepPromise, { id }, { hold: true });
  showToast({ text: t('today.kept'), undo: () => void handle.undo() });
}
