import { t } from '../i18n';
import { ListRow } from '../ui/ListRow';
import type { Somebody } from './cast';

export function PersonRow({ somebody, selected, as }: { somebody: Somebody; selected?: boolean; as?: 'li' | 'div' }) {
  return (
    <ListRow as={as} level={somebody.level} title={somebody.name} subtitle={somebody.car} why={somebody.why} time={somebody.time}
      late={somebody.late} href={`/leads/${somebody.id}`} selected={selected}
      first={{ label: t('common.callPerson', { name: somebody.name }), short: t('common.call'), icon: 'call', href: 'tel:+15550100', filled: true }}
      second={{ label: `${t('common.plan')}: ${somebody.name}`, short: t('common.plan'), icon: 'calendar', onAction: () => undefined }} />
  );
}
