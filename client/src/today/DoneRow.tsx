import { formatTime, t } from '../i18n';
import { carName, nameOf } from '../leads/queries';
import { paths } from '../routes';
import { store } from '../sync/store';
import { Tag } from '../ui/Card';
import { Icon } from '../ui/Icon';
import { ListRow } from '../ui/ListRow';
import type { Line } from './queries';

/** What was done today, with what came of it. */
export function DoneRow({ line }: { line: Line }) {
  return (
    <ListRow title={nameOf(store.get('customers', line.customerId))} href={paths.lead(line.leadId)}
      mark={<div class="today__tick today__tick--done"><Icon name="check" /></div>}
      subtitle={outcomeOf(line)} time={formatTime(line.at)}
      tags={store.isWaiting(line.id) ? <Tag tone="wait">{t('common.waiting')}</Tag> : undefined} />
  );
}

function outcomeOf(line: Line): string {
  if (line.what === 'followUp') return t(`lead.outcome_${line.row.outcome ?? 'OTHER'}`);
  if (line.what === 'promise') return t('today.keep', { text: line.row.text });
  const vehicle = store.get('vehicles', line.row.vehicleId);
  const car = carName(vehicle && { make: vehicle.make, model: vehicle.model });
  return line.row.status === 'NO_SHOW' ? t('today.driveNoShow') : t('today.driveDone', { car });
}
