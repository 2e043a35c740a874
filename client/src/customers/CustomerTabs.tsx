import { useState } from 'preact/hooks';
import { tick } from '../clock';
import { t } from '../i18n';
import type { Open } from '../leads/sheets';
import { store } from '../sync/store';
import { Button } from '../ui/Button';
import { Tabs } from '../ui/Tabs';
import { Timeline } from '../ui/Timeline';
import { AgreementsTab, LeadsTab, PurchasesTab, VehiclesTab } from './tabs';
import { daysOf, historyOf, type Happening } from './history';
import { MergeButton } from './Merging';

type Tab = 'timeline' | 'vehicles' | 'leads' | 'agreements' | 'purchases';
const FIRST = 20;

/** Customer 360: exactly five tabs, what happened first. */
export function CustomerTabs({ customerId, leadId, open }: { customerId: string; leadId: string; open: Open }) {
  const [tab, setTab] = useState<Tab>('timeline');
  const happened = historyOf(customerId);
  const counts: Record<Tab, number> = {
    timeline: happened.length,
    vehicles: store.by('ownedCars', 'customerId', customerId).length,
    leads: store.by('leads', 'customerId', customerId).length,
    agreements: store.by('driveAgreements', 'customerId', customerId).length,
    purchases: store.by('sales', 'customerId', customerId).length,
  };
  return (
    <Tabs label={t('words.customer')} value={tab} onChange={setTab}
      tabs={(['timeline', 'vehicles', 'leads', 'agreements', 'purchases'] as const).map((value) => ({ value, label: t(`lead.${value}`), count: counts[value] || undefined }))}>
      <div class="tab-panel">
        {tab === 'timeline' && <History key={leadId} customerId={customerId} happened={happened} />}
        {tab === 'vehicles' && <VehiclesTab customerId={customerId} open={open} />}
        {tab === 'leads' && <LeadsTab customerId={customerId} leadId={leadId} />}
        {tab === 'agreements' && <AgreementsTab customerId={customerId} />}
        {tab === 'purchases' && <PurchasesTab customerId={customerId} />}
      </div>
    </Tabs>
  );
}

function History({ customerId, happened }: { customerId: string; happened: readonly Happening[] }) {
  const [all, setAll] = useState(false);
  if (!happened.length) return <p class="quiet">{t('lead.noTimeline')}</p>;
  return (
    <>
      <Timeline days={daysOf(all ? happened : happened.slice(0, FIRST), tick.value, ({ otherId }) => otherId && <MergeButton customerId={customerId} otherId={otherId} />)} />
      {!all && happened.length > FIRST && <Button onClick={() => setAll(true)}>{t('common.showMore')}</Button>}
    </>
  );
}
