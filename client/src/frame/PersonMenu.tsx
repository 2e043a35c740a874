import { formatNumber, initials, languageOf, t } from '../i18n';
import { paths } from '../routes';
import { follow } from '../ui/Button';
import { Icon, type IconName } from '../ui/Icon';
import { Sheet } from '../ui/Sheet';

export interface Person {
  name: string;
  /** "Salesperson", in words. */
  role: string;
  showroom: string;
}

export interface PersonMenuProps {
  open: boolean;
  person: Person;
  desk: boolean;
  refused: number;
  onClose: () => void;
  onLock: () => void;
  onSignOut: () => void;
  onSwitchShowroom?: () => void;
}

/** Behind "More" and behind the round mark: what is needed a few times a day. */
export function PersonMenu({ open, person, desk, refused, onClose, onLock, onSignOut, onSwitchShowroom }: PersonMenuProps) {
  const then = (act: () => void) => () => (onClose(), act());
  return (
    <Sheet open={open} title={t('common.navMore')} onClose={onClose}>
      <div class="menu__person">
        <span class="person person--large" aria-hidden="true">{initials(person.name)}</span>
        <div class="pane">
          <div class="menu__name wrap-2" lang={languageOf(person.name)}>{person.name}</div>
          <div class="quiet small">{person.role} · {person.showroom}</div>
        </div>
      </div>
      <div class="menu">
        {desk && <Item icon="desk" label={t('common.navDesk')} href={paths.desk()} onClose={onClose} />}
        <Item icon="tray" label={t('common.navRefusals')} href={paths.refusals()} count={refused} onClose={onClose} />
        <Item icon="settings" label={t('common.navSettings')} href={paths.settings()} onClose={onClose} />
        {onSwitchShowroom && <Item icon="showroom" label={t('common.switchShowroom')} onClick={then(onSwitchShowroom)} />}
        <Item icon="lock" label={t('common.lock')} onClick={then(onLock)} />
        <Item icon="signOut" label={t('common.signOut')} onClick={then(onSignOut)} />
      </div>
    </Sheet>
  );
}

interface ItemProps {
  icon: IconName;
  label: string;
  count?: number;
  href?: string;
  onClick?: () => void;
  onClose?: () => void;
}

function Item({ icon, label, count = 0, href, onClick, onClose }: ItemProps) {
  const face = (
    <>
      <Icon name={icon} />
      {label}
      {count > 0 && <span class="tag tag--bad menu__more">{formatNumber(count)}</span>}
    </>
  );
  if (!href) return <button type="button" class="menu__item" onClick={onClick}>{face}</button>;
  return <a class="menu__item" href={href} onClick={(event) => (follow(event, href), onClose?.())}>{face}</a>;
}
