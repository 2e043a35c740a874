import { setDoNotContact } from '../customers/mutators';
import { openLead } from '../follow_ups/lead_mutators';
import { t } from '../i18n';
import { newId } from '../ids';
import type { LeadRow } from '../model';
import { me } from '../people/session';
import { go, paths } from '../routes';
import { reviveLead } from '../sales/mutators';
import { add, store } from '../sync/store';
import { Icon, type IconName } from '../ui/Icon';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { isMineToWork, nameOf, waitingLoss } from './queries';
import { reassign } from './ReassignSheet';
import type { Open } from './sheets';
import { isUnsettled } from './touching';

/** What is done less often, in the order of the road. */
export function MoreSheet({ lead, open, onClose, show }: { lead: LeadRow; open: boolean; onClose: () => void; show: Open }) {
  const customer = store.get('customers', lead.customerId);
  const who = me.value;
  const mine = isMineToWork(lead);
  const live = isUnsettled(lead);
  const may = who?.isManager || lead.ownerId === who?.personId;
  const items: (Item | false)[] = [
    mine && live && { label: t('lead.planAnother'), icon: 'calendar', then: () => show('plan') },
    { label: t('lead.promise'), icon: 'check', then: () => show('promise') },
    mine && live && !lead.ownerId && !!who && { label: t('lead.takeIt'), icon: 'user', then: () => (onClose(), void reassign(lead.id, { ownerId: who.personId, name: who.name })) },
    mine && live && !waitingLoss(lead.id) && { label: t('lead.notNow'), icon: 'clock', then: () => show('notNow') },
    mine && live && !waitingLoss(lead.id) && { label: t('lead.lost'), icon: 'close', then: () => show('lost') },
    mine && lead.status === 'NOT_NOW' && { label: t('lead.revive'), icon: 'today', then: () => (onClose(), void revive(lead.id)) },
    mine && lead.status === 'LOST' && { label: t('lead.reopen'), icon: 'today', then: () => (onClose(), void revive(lead.id)) },
    mine && lead.status === 'WON' && !store.by('leads', 'customerId', lead.customerId).some(isUnsettled) && { label: t('lead.openNew'), icon: 'plus', then: () => void openNew(lead) },
    mine && live && { label: t('lead.changeLevel'), icon: 'leads', then: () => show('level') },
    mine && live && { label: t('lead.changeCars'), icon: 'car', then: () => show('cars') },
    !!may && live && { label: t('lead.reassign'), icon: 'user', then: () => show('reassign') },
    { label: t('lead.editCustomer'), icon: 'edit', then: () => show('edit') },
    { label: t('lead.addContact'), icon: 'call', then: () => show('contact') },
    { label: t('lead.addCar'), icon: 'car', then: () => show('ownedCar') },
    { label: t('lead.consentAdd'), icon: 'lock', then: () => show('consent') },
    !!customer && { label: t(customer.doNotContact ? 'lead.unsetDoNotContact' : 'lead.setDoNotContact'), icon: 'offline', then: () => (onClose(), void silence(customer.id, !customer.doNotContact)) },
  ];
  return (
    <Sheet open={open} title={t('lead.moreTitle', { name: nameOf(customer) })} onClose={onClose}>
      <ul class="menu">
        {items.map((item) => item && (
          <li key={item.label}><button type="button" class="menu__item" onClick={item.then}><Icon name={item.icon} /><span>{item.label}</span></button></li>
        ))}
      </ul>
    </Sheet>
  );
}

interface Item {
  label: string;
  icon: IconName;
  then: () => void;
}

/** A new intent of somebody who has bought here before. */
async function openNew(bought: LeadRow): Promise<void> {
  const id = newId();
  await add(openLead, { id, customerId: bought.customerId });
  go(paths.lead(id));
}

async function revive(leadId: string): Promise<void> {
  const handle = await add(reviveLead, { leadId }, { hold: true });
  showToast({ text: t('lead.revived'), undo: () => void handle.undo() });
}

async function silence(customerId: string, doNotContact: boolean): Promise<void> {
  const handle = await add(setDoNotContact, { customerId, doNotContact }, { hold: true });
  showToast({ text: t(doNotContact ? 'lead.doNotContactSet' : 'lead.doNotContactUnset'), undo: () => void handle.undo() });
}
