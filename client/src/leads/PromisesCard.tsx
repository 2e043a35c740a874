import { keepPromise } from '../follow_ups/mutators';
import { formatDay, languageOf, t } from '../i18n';
import type { LeadRow, PromiseRow } from '../model';
import { add, store } from '../sync/store';
import { Card, Tag } from '../ui/Card';
import { Checklist } from '../ui/Checklist';
import { Veil } from '../ui/privacy';
import { showToast } from '../ui/Toast';

/** "We owe": ticked when it is kept. */
export function PromisesCard({ lead }: { lead: LeadRow }) {
  const owed = store.by('promises', 'leadId', lead.id).filter(({ keptAt }) => !keptAt).sort((a, b) => ((a.dueAt ?? '9') < (b.dueAt ?? '9') ? -1 : 1));
  if (!owed.length) return null;
  return (
    <Card title={t('lead.owed')} aside={owed.some(({ id }) => store.isWaiting(id)) && <Tag tone="wait">{t('common.waiting')}</Tag>}>
      <Veil>
        <div lang={languageOf(owed[0]!.text)}>
          <Checklist label={t('lead.owed')} onToggle={(id) => void keep(id)}
            items={owed.map((row) => ({ id: row.id, label: row.text, hint: hint(row), checked: false }))} />
        </div>
      </Veil>
    </Card>
  );
}

function hint({ dueAt, promisedById }: PromiseRow): string {
  const who = store.get('people', promisedById)?.name;
  return [dueAt && t('lead.dueAt', { day: formatDay(dueAt, 'weekday') }), who].filter(Boolean).join(' · ');
}

async function keep(id: string): Promise<void> {
  const handle = await add(keepPromise, { id }, { hold: true });
  showToast({ text: t('today.kept'), undo: () => void handle.undo() });
}
