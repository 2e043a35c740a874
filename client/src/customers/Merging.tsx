// Two records of one person become one, and come apart again: a manager's word.
import { formatDay, t } from '../i18n';
import { newId } from '../ids';
import { nameOf } from '../leads/queries';
import { me } from '../people/session';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';
import { showToast } from '../ui/Toast';
import { mergeCustomers, unmergeCustomers } from './mutators';

/** Offered where the server noticed the same number on another record. */
export function MergeButton({ customerId, otherId }: { customerId: string; otherId: string }) {
  const other = store.get('customers', otherId);
  if (!me.value?.isManager || !other) return null;
  return <div><Button onClick={() => void merge(customerId, otherId)}>{t('lead.mergeWith', { name: nameOf(other) })}</Button></div>;
}

/** What was merged into this record and may be taken apart. */
export function Merges({ customerId }: { customerId: string }) {
  const merges = store.by('customerMerges', 'customerId', customerId).filter(({ undoneAt }) => !undoneAt);
  if (!me.value?.isManager || !merges.length) return null;
  return (
    <Card title={t('lead.merges')}>
      {merges.map(({ id, mergedAt, mergedById }) => (
        <div key={id} class="stack stack--tight">
          <p class="quiet small">{t('lead.mergedOn', { day: formatDay(mergedAt, 'full'), name: store.get('people', mergedById)?.name ?? t('common.unknown') })}</p>
          <div><Button icon="undo" onClick={() => void unmerge(id)}>{t('lead.unmerge')}</Button></div>
        </div>
      ))}
    </Card>
  );
}

async function merge(customerId: string, mergedId: string): Promise<void> {
  const handle = await add(mergeCustomers, { id: newId(), customerId, mergedId }, { hold: true });
  showToast({ text: t('lead.merged'), undo: () => void handle.undo() });
}

async function unmerge(id: string): Promise<void> {
  const handle = await add(unmergeCustomers, { id }, { hold: true });
  showToast({ text: t('lead.unmerged'), undo: () => void handle.undo() });
}
