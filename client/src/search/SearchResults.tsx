import { LeadRowView } from '../leads/LeadRowView';
import { t } from '../i18n';
import { paths } from '../routes';
import { Button } from '../ui/Button';
import { isHidden } from '../ui/privacy';
import { everyLead, finder } from '.';

const MOST = 8;

/** What the frame's search finds on this device, as one types. */
export function SearchResults({ query }: { query: string }) {
  const fits = finder(query);
  const found = everyLead.value.filter((one) => fits(one) && !isHidden(one.lead.customerId));
  if (!found.length) return <p class="search-none quiet">{t('leads.none')}. {t('leads.noneText')}</p>;
  return (
    <>
      <p class="only-read" role="status">{t('leads.count', { count: found.length })}</p>
      <div role="list">{found.slice(0, MOST).map(({ lead }) => <div role="listitem" key={lead.id}><LeadRowView lead={lead} /></div>)}</div>
      {found.length > MOST && <div class="search-all"><Button wide href={paths.leads(query.trim())}>{t('leads.seeAllFound', { count: found.length })}</Button></div>}
    </>
  );
}

export const results = (query: string) => <SearchResults query={query} />;
