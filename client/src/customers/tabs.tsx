import { formatDay, formatMoney, formatNumber, languageOf, t } from '../i18n';
import { carName, wantedText } from '../leads/queries';
import type { Open } from '../leads/sheets';
import { paths } from '../routes';
import { add, store } from '../sync/store';
import { Button, IconButton } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { ListRow, Rows } from '../ui/ListRow';
import { Veil } from '../ui/privacy';
import { showToast } from '../ui/Toast';
import { removeOwnedCar } from './mutators';

export function VehiclesTab({ customerId, open }: { customerId: string; open: Open }) {
  const cars = store.by('ownedCars', 'customerId', customerId);
  return (
    <>
      {cars.length === 0 && <p class="quiet">{t('lead.noCars')}</p>}
      {cars.map((car) => (
        <Card key={car.id} title={[car.make, car.model, car.year].filter(Boolean).join(' ')}
          aside={<IconButton label={t('lead.removeCar', { car: `${car.make} ${car.model}` })} icon="close" onClick={() => void remove(car.id)} />}>
          <p class="quiet">{[car.plate, car.vin, car.mileage !== null && formatNumber(car.mileage)].filter(Boolean).join(' · ')}</p>
          {store.isWaiting(car.id) && <div><Tag tone="wait">{t('common.waiting')}</Tag></div>}
        </Card>
      ))}
      <div><Button icon="plus" onClick={() => open('ownedCar')}>{t('lead.addCar')}</Button></div>
    </>
  );
}

export function LeadsTab({ customerId, leadId }: { customerId: string; leadId: string }) {
  const leads = [...store.by('leads', 'customerId', customerId)].sort((a, b) => (a.openedAt < b.openedAt ? 1 : -1));
  return (
    <Rows label={t('lead.leads')}>
      {leads.map((lead) => (
        <ListRow key={lead.id} level={lead.level} title={wantedText(lead) || t('lead.title')} href={paths.lead(lead.id)} selected={lead.id === leadId}
          subtitle={t(`lead.status_${lead.status}`)} why={t('lead.openedOn', { day: formatDay(lead.openedAt, 'full') })} />
      ))}
    </Rows>
  );
}

export function AgreementsTab({ customerId }: { customerId: string }) {
  const agreements = store.by('driveAgreements', 'customerId', customerId);
  if (!agreements.length) return <p class="quiet">{t('lead.noAgreements')}</p>;
  return (
    <>
      {agreements.map((row) => {
        const drive = store.get('testDrives', row.driveId);
        const vehicle = store.get('vehicles', drive?.vehicleId);
        return (
          <Card key={row.id} title={row.driverName} aside={<Tag tone={drive?.verified ? 'good' : undefined}>{t(drive?.verified ? 'words.driveVerified' : 'words.driveClaimed')}</Tag>}>
            <p lang={languageOf(row.driverName)}>{vehicle && carName({ make: vehicle.make, model: vehicle.model })}</p>
            <p class="quiet small">{[
              row.signedAt && t('lead.signedOn', { day: formatDay(row.signedAt, 'full') }), row.licenceLastFour && t('lead.licenceEnds', { digits: row.licenceLastFour }),
              row.licenceExpiresOn && t('lead.licenceUntil', { day: formatDay(row.licenceExpiresOn, 'full') }),
            ].filter(Boolean).join(' · ')}</p>
          </Card>
        );
      })}
    </>
  );
}

export function PurchasesTab({ customerId }: { customerId: string }) {
  const sales = store.by('sales', 'customerId', customerId);
  if (!sales.length) return <p class="quiet">{t('lead.noPurchases')}</p>;
  return (
    <>
      {sales.map((sale) => {
        const vehicle = store.get('vehicles', sale.vehicleId);
        return (
          <Card key={sale.id} title={vehicle ? carName({ make: vehicle.make, model: vehicle.model, trim: vehicle.trim }) : sale.description} aside={store.isWaiting(sale.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}>
            <p class="figure"><Veil>{formatMoney(sale.price, sale.currency)}</Veil></p>
            <p class="quiet small">{[
              t('lead.orderedOn', { day: formatDay(sale.orderedAt, 'full') }), sale.deliveredAt && t('lead.deliveredOn', { day: formatDay(sale.deliveredAt, 'full') }),
              sale.cancelledAt && t('lead.cancelledOn', { day: formatDay(sale.cancelledAt, 'full') }), vehicle?.vin,
            ].filter(Boolean).join(' · ')}</p>
          </Card>
        );
      })}
    </>
  );
}

async function remove(id: string): Promise<void> {
  const handle = await add(removeOwnedCar, { id }, { hold: true });
  showToast({ text: t('lead.contactRemoved'), undo: () => void handle.undo() });
}
