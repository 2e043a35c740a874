import { reassignLead } from '../follow_ups/lead_mutators';
import { t } from '../i18n';
import type { LeadRow } from '../model';
import { me } from '../people/session';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';

const empty = { who: null as string | null, reason: '' };
const POOL = 'pool';

export function ReassignSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const key = `reassign:${lead.id}`;
  const form = draft(key, empty);
  const { who, reason } = form.value;
  const people = salespeople(lead.showroomId).filter(({ id }) => id !== lead.ownerId);
  const options = [...people.map(({ id, name }) => ({ value: id, label: id === me.value?.personId ? `${name} (${t('common.you')})` : name })), ...(lead.ownerId ? [{ value: POOL, label: t('lead.toPool') }] : [])];
  const name = options.find(({ value }) => value === who)?.label;
  const give = () => {
    onClose();
    void reassign(lead.id, { ownerId: who === POOL ? null : who, reason, name: name!, key });
  };
  return (
    <Sheet open={open} title={t('lead.reassignTitle')} onClose={onClose}
      footer={<Button kind="main" wide disabled={!name} onClick={give}>{who === POOL ? t('lead.toPool') : name ? t('lead.reassignIt', { name }) : t('lead.reassign')}</Button>}>
      <div class="stack">
        <ChipGroup label={t('lead.reassignWho')} options={options} value={who} onChange={(next) => (form.value = { ...form.value, who: next })} />
        <Field label={t('lead.reassignWhy')} optional value={reason} maxlength={200} onInput={(next) => (form.value = { ...form.value, reason: next })} />
      </div>
    </Sheet>
  );
}

/** Those who sell here and have not left. */
export function salespeople(showroomId: string) {
  const ids = new Set(store.all('memberships').filter((row) => row.showroomId === showroomId && (row.role === 'SALESPERSON' || row.role === 'MANAGER')).map(({ personId }) => personId));
  return store.all('people').filter(({ id, active }) => active && ids.has(id)).sort((a, b) => a.name.localeCompare(b.name));
}

export async function reassign(leadId: string, { ownerId, reason = '', name, key }: { ownerId: string | null; reason?: string; name: string; key?: string }): Promise<void> {
  const handle = await add(reassignLead, { leadId, ownerId, reason }, { hold: true, draft: key });
  showToast({ text: t('lead.reassigned', { name }), undo: () => void handle.undo() });
}
