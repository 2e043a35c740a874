import { useEffect, useRef, useState } from 'preact/hooks';
import { Beside } from '../customers/Beside';
import { CustomerTabs } from '../customers/CustomerTabs';
import { t } from '../i18n';
import { paths } from '../routes';
import { store } from '../sync/store';
import { Button } from '../ui/Button';
import { enterPrivacy, isHidden, privacy } from '../ui/privacy';
import { EmptyState } from '../ui/States';
import { LeadActions } from './LeadActions';
import { LeadHead } from './LeadHead';
import { LeadSheets } from './LeadSheets';
import { LossCard } from './LossCard';
import { NextStepCard } from './NextStepCard';
import { PromisesCard } from './PromisesCard';
import type { Opened, SheetName } from './sheets';

export function LeadDetail({ id }: { id: string }) {
  const lead = store.get('leads', id);
  const [opened, setOpened] = useState<Opened | null>(null);
  useCustomerAtHand(lead?.customerId);
  if (!lead || isHidden(lead.customerId)) return <Missing hidden={!!lead} />;
  const open = (name: SheetName, of?: string) => setOpened({ name, of });
  const close = (name: SheetName) => setOpened((now) => (now?.name === name ? null : now));
  return (
    <div class="lead">
      <div class="lead__room">
        <div class="lead__main">
          <LeadHead lead={lead} open={open} />
          <LossCard lead={lead} open={open} />
          <NextStepCard lead={lead} open={open} />
          <PromisesCard lead={lead} />
        </div>
        <div class="lead__tabs"><CustomerTabs customerId={lead.customerId} leadId={lead.id} open={open} /></div>
        <div class="lead__beside"><Beside customerId={lead.customerId} open={open} /></div>
      </div>
      <LeadActions lead={lead} open={open} />
      <LeadSheets lead={lead} opened={opened} open={open} close={close} />
    </div>
  );
}

/** Whoever is shown when the customer begins to look stays in sight; everybody else goes. */
function useCustomerAtHand(customerId: string | undefined): void {
  const before = useRef(privacy.peek());
  const now = privacy.value;
  useEffect(() => {
    if (before.current === null && now === '' && customerId) enterPrivacy(customerId);
    before.current = now;
  }, [now]);
}

function Missing({ hidden }: { hidden: boolean }) {
  if (hidden) return <EmptyState icon="eyeOff" title={t('leads.hidden')} />;
  return <EmptyState icon="leads" title={t('lead.notFound')} text={t('lead.notFoundText')} action={<Button href={paths.leads()}>{t('lead.toLeads')}</Button>} />;
}
