import { formatPhone, t } from './i18n';
import { nameOf, phoneOf, wantedText } from './leads/queries';
import { paths } from './routes';
import { everyLead, finder } from './search';
import { Button } from './ui/Button';
import { ListRow, Rows } from './ui/ListRow';
import { isHidden } from './ui/privacy';

const SHOWN = 8;

/** Under the header's search: who is found on this tablet, as one types. */
export function Found({ query }: { query: string }) {
  const fits = finder(query);
  const found = everyLead.value.filter((one) => fits(one) && !isHidden(one.lead.customerId));
  if (found.length === 0) return <p class="quiet" style={{ padding: '16px' }}>{t('common.nothingFound', { query })}</p>;
  return (
    <>
      <Rows label={t('common.searchResults')}>
        {found.slice(0, SHOWN).map(({ lead, customer }) => {
          const phone = phoneOf(lead.customerId);
          return <ListRow key={lead.id} level={lead.level} title={nameOf(customer)} subtitle={[wantedText(lead), phone && formatPhone(phone)].filter(Boolean).join(' · ')} href={paths.lead(lead.id)} />;
        })}
      </Rows>
      {found.length > SHOWN && <div style={{ padding: '8px 16px' }}><Button kind="plain" wide href={paths.leads(query)}>{t('common.seeAll')} · {found.length}</Button></div>}
    </>
  );
}
