import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { nameOf, wantedText } from '../leads/queries';
import { isUnsettled } from '../leads/touching';
import { me } from '../people/session';
import { everyLead, finder } from '../search';
import { store } from '../sync/store';
import { Card } from '../ui/Card';
import { IconButton } from '../ui/Button';
import { ListRow, Rows } from '../ui/ListRow';
import { Lozenge } from '../ui/Lozenge';
import { isHidden } from '../ui/privacy';
import { SearchBox } from '../ui/SearchBox';

const OFFERED = 5;

/** For whom: found as one types; before that those who are next anyway. */
export function LeadChoice({ leadId, onChange }: { leadId: string | null; onChange: (leadId: string | null) => void }) {
  const [query, setQuery] = useState('');
  const lead = store.get('leads', leadId);
  if (lead) {
    return (
      <Card tone="accent">
        <div class="line line--keep">
          <Lozenge level={lead.level} />
          <div class="drives__who">
            <b class="wrap-2">{nameOf(store.get('customers', lead.customerId))}</b>
            <span class="quiet small cut">{wantedText(lead)}</span>
          </div>
          <IconButton label={t('drives.otherLead')} icon="close" onClick={() => onChange(null)} />
        </div>
      </Card>
    );
  }
  const fits = query.trim() ? finder(query) : null;
  const isMine = (ownerId: string | null) => me.value?.isManager || ownerId === me.value?.personId;
  const found = everyLead.value
    .filter((one) => isUnsettled(one.lead) && !isHidden(one.lead.customerId) && (fits ? fits(one) : isMine(one.lead.ownerId)))
    .slice(0, OFFERED);
  return (
    <div class="stack stack--tight">
      <SearchBox label={t('drives.forWhom')} placeholder={t('drives.forWhom')} value={query} onInput={setQuery} />
      {found.length > 0
        ? <Card flush><Rows label={t('drives.forWhom')}>{found.map((one) => <ListRow key={one.lead.id} level={one.lead.level} title={nameOf(one.customer)} subtitle={wantedText(one.lead)} onOpen={() => onChange(one.lead.id)} />)}</Rows></Card>
        : <p class="quiet small">{query.trim() ? t('common.nothingFound', { query }) : t('drives.findHint')}</p>}
    </div>
  );
}
