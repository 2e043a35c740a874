import { formatNumber, t } from '../i18n';
import { paths, type Section } from '../routes';
import { follow } from '../ui/Button';
import { classes } from '../ui/classes';
import { Icon, type IconName } from '../ui/Icon';
import { isPrivate } from '../ui/privacy';

export interface NavigationProps {
  section: Section;
  desk: boolean;
  refused: number;
  menuOpen: boolean;
  onMore: () => void;
}

/** A bar below on phones, a rail at the left on tablets. */
export function Navigation({ section, desk, refused, menuOpen, onMore }: NavigationProps) {
  const at = (own: Section) => (section === own ? 'page' : undefined);
  return (
    <nav class="nav" aria-label={t('common.mainNavigation')}>
      <div class="nav__list">
        {!isPrivate() && <Item href={paths.today()} icon="today" label={t('common.navToday')} current={at('today')} />}
        {!isPrivate() && <Item href={paths.leads()} icon="leads" label={t('common.navLeads')} current={at('leads')} />}
        <Item href={paths.visit()} icon="plus" label={t('common.navVisit')} current={at('visit')} look="nav__item--main" />
        <Item href={paths.drives()} icon="wheel" label={t('common.navDrives')} current={at('drives')} />
        {desk && !isPrivate() && <Item href={paths.desk()} icon="desk" label={t('common.navDesk')} current={at('desk')} look="nav__item--desk" />}
        {!isPrivate() && (
          <button type="button" class="nav__item" aria-current={at('more')} aria-haspopup="dialog" aria-expanded={menuOpen} onClick={onMore}>
            <span class="nav__icon"><Icon name="more" /></span>
            {t('common.navMore')}
            {refused > 0 && (
              <span class="nav__badge">
                <span aria-hidden="true">{formatNumber(refused)}</span>
                <span class="only-read">{t('common.syncRefused', { count: refused })}</span>
              </span>
            )}
          </button>
        )}
      </div>
    </nav>
  );
}

function Item({ href, icon, label, current, look }: {
  href: string; icon: IconName; label: string; current?: 'page'; look?: string;
}) {
  return (
    <a class={classes('nav__item', look)} href={href} aria-current={current} onClick={(event) => follow(event, href)}>
      <span class="nav__icon"><Icon name={icon} /></span>
      {label}
    </a>
  );
}
