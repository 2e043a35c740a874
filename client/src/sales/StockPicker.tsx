import { useState } from 'preact/hooks';
import { formatMoney, t } from '../i18n';
import { carName } from '../leads/queries';
import type { LeadRow, VehicleRow } from '../model';
import { compact, fold } from '../search/fold';
import { store } from '../sync/store';
import { Tag } from '../ui/Card';
import { ListRow, Rows } from '../ui/ListRow';
import { SearchBox } from '../ui/SearchBox';
import { Icon } from '../ui/Icon';

const MOST = 12;
const states = { IN_TRANSIT: 'words.stock_in_transit', IN_STOCK: 'words.stock_in_stock', DEMO: 'words.stock_demo', RESERVED: 'words.stock_reserved' } as const;

/** Cars that may be sold: the wanted model first, any other by typing. */
export function StockPicker({ lead, value, onChange }: { lead: LeadRow; value: string | null; onChange: (vehicle: VehicleRow) => void }) {
  const [typed, setTyped] = useState('');
  const found = matching(lead, typed);
  const chosen = store.get('vehicles', value);
  const rows = chosen && !found.includes(chosen) ? [chosen, ...found] : found;
  return (
    <div class="stack stack--tight">
      <SearchBox label={t('lead.soldSearch')} value={typed} onInput={setTyped} />
      {rows.length === 0 && <p class="quiet">{t('lead.soldNone')}</p>}
      <Rows label={t('lead.soldFromStock')}>
        {rows.map((vehicle) => (
          <ListRow key={vehicle.id} title={carName({ make: vehicle.make, model: vehicle.model, trim: vehicle.trim })} selected={vehicle.id === value} onOpen={() => onChange(vehicle)}
            mark={<Icon name={vehicle.id === value ? 'check' : 'car'} />} subtitle={[vehicle.exteriorColor, vehicle.year, vehicle.stockNumber, vehicle.vin.slice(-6)].filter(Boolean).join(' · ')}
            time={vehicle.price ? formatMoney(vehicle.price, vehicle.currency) : undefined}
            tags={vehicle.status !== 'IN_STOCK' && vehicle.status in states ? <Tag>{t(states[vehicle.status as keyof typeof states])}</Tag> : undefined} />
        ))}
      </Rows>
    </div>
  );
}

function matching(lead: LeadRow, typed: string): VehicleRow[] {
  const here = store.by('vehicles', 'showroomId', lead.showroomId).filter(({ status }) => status in states);
  const words = fold(typed).split(' ').filter(Boolean);
  if (words.length) return here.filter((vehicle) => words.every((word) => textOf(vehicle).includes(word) || codesOf(vehicle).includes(compact(word)))).slice(0, MOST);
  const rank = (vehicle: VehicleRow) => lead.wanted.reduce((best, car) => Math.min(best, car.vehicleId === vehicle.id ? 0 : car.make === vehicle.make && car.model === vehicle.model ? 1 : car.make === vehicle.make ? 2 : 3), 3);
  return here.map((vehicle) => ({ vehicle, at: rank(vehicle) })).sort((a, b) => a.at - b.at).slice(0, MOST).map(({ vehicle }) => vehicle);
}

const textOf = ({ make, model, trim, exteriorColor, year }: VehicleRow) => fold(`${make} ${model} ${trim} ${exteriorColor} ${year ?? ''}`);
const codesOf = ({ vin, stockNumber, plate }: VehicleRow) => `${compact(vin)} ${compact(stockNumber)} ${compact(plate)}`;
