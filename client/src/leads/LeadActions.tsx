import { t } from '../i18n';
import type { LeadRow } from '../model';
import { paths } from '../routes';
import { store } from '../sync/store';
import { follow } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { isMineToWork, nextStepOf, reach } from './queries';
import type { Open } from './sheets';
import { isUnsettled } from './touching';

interface Action {
  label: string;
  icon: IconName;
  href?: string;
  onClick?: () => void;
  main?: boolean;
}

/** In reach of the thumb: call, message, a drive, a note, sold, and the rest. */
export function LeadActions({ lead, open }: { lead: LeadRow; open: Open }) {
  const { call, message } = reach(store.get('customers', lead.customerId));
  const mine = isMineToWork(lead);
  const live = isUnsettled(lead);
  const actions: (Action | false | undefined)[] = [
    call !== undefined && { label: t('lead.callNow'), icon: 'call', href: call, main: true, onClick: () => mine && nextStepOf(lead.id) && open('outcome') },
    message !== undefined && { label: t('lead.messageNow'), icon: 'message', href: message },
    mine && live && { label: t('lead.drive'), icon: 'wheel', href: `${paths.drives()}?lead=${lead.id}` },
    { label: t('lead.log'), icon: 'note', onClick: () => open('log') },
    mine && live && { label: t('lead.sold'), icon: 'sold', onClick: () => open('sold') },
    { label: t('lead.more'), icon: 'more', onClick: () => open('more') },
  ];
  return (
    <div class="lead-actions" role="group" aria-label={t('lead.actions')}>
      {actions.map((action) => action && <ActionButton key={action.icon} {...action} />)}
    </div>
  );
}

function ActionButton({ label, icon, href, onClick, main }: Action) {
  const look = main ? 'lead-action lead-action--main' : 'lead-action';
  const face = <><Icon name={icon} />{label}</>;
  if (href) return <a class={look} href={href} onClick={(event) => follow(event, href, onClick)}>{face}</a>;
  return <button type="button" class={look} onClick={onClick}>{face}</button>;
}
