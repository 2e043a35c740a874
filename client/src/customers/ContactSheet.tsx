import { formatPhone, t } from '../i18n';
import { newId } from '../ids';
import { nameOf } from '../leads/queries';
import type { ContactKind, ContactPointRow } from '../model';
import { draft } from '../sync/drafts';
import { add, store, type Handle } from '../sync/store';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Checklist } from '../ui/Checklist';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { addContactPoint, changeContactPoint, removeContactPoint } from './mutators';

const KINDS: readonly ContactKind[] = ['PHONE', 'EMAIL', 'WECHAT'];

interface Typed {
  kind: ContactKind;
  value: string | null;
  preferred: boolean | null;
  unreachable: boolean | null;
  /** What stood there before the first key: a colleague may have changed it since. */
  seen?: string;
}

const empty: Typed = { kind: 'PHONE', value: null, preferred: null, unreachable: null };

/** A new way to reach a customer, or one that is changed: `pointId`. */
export function ContactSheet({ customerId, pointId, open, onClose }: { customerId: string; pointId?: string; open: boolean; onClose: () => void }) {
  const point = store.get('contactPoints', pointId);
  const key = `contact:${pointId ?? customerId}`;
  const form = draft(key, empty);
  const set = (part: Partial<Typed>) => (form.value = { ...form.value, ...part, ...(point && form.value.seen === undefined ? { seen: point.value } : {}) });
  const typed = form.value;
  const kind = point?.kind ?? typed.kind;
  const value = typed.value ?? (point ? shown(point) : '');
  const preferred = typed.preferred ?? point?.preferred ?? false;
  const unreachable = typed.unreachable ?? (point ? !point.reachable : false);
  const keep = () => (onClose(), void (point ? change(point, typed, key) : create(customerId, { kind, value, preferred, key })));
  return (
    <Sheet open={open} title={t('lead.contactTitle', { name: nameOf(store.get('customers', customerId)) })} onClose={onClose}
      footer={(
        <>
          {point && <Button kind="danger" onClick={() => (onClose(), void remove(point.id))}>{t('lead.contactRemove')}</Button>}
          <Button kind="main" disabled={!value.trim()} onClick={keep}>{t('common.save')}</Button>
        </>
      )}>
      <div class="stack">
        {!point && <ChipGroup label={t('lead.contactKind')} value={kind} onChange={(next) => next && set({ kind: next })} options={KINDS.map((one) => ({ value: one, label: t(`lead.contact_${one}`) }))} />}
        <Field label={t(`lead.contact_${kind}`)} kind={kind === 'PHONE' ? 'tel' : kind === 'EMAIL' ? 'email' : 'text'} starts autocomplete="off" value={value} onInput={(next) => set({ value: next })} />
        <Checklist label={t('lead.contactKind')} onToggle={(id, checked) => set({ [id]: checked })}
          items={[{ id: 'preferred', label: t('lead.contactPreferred'), checked: preferred }, ...(point ? [{ id: 'unreachable', label: t('lead.contactUnreachable'), checked: unreachable }] : [])]} />
      </div>
    </Sheet>
  );
}

const shown = ({ kind, value }: ContactPointRow) => (kind === 'PHONE' ? formatPhone(value) : value);

async function create(customerId: string, { key, ...said }: { kind: ContactKind; value: string; preferred: boolean; key: string }): Promise<void> {
  say(t('lead.contactSaved'), await add(addContactPoint, { id: newId(), customerId, ...said }, { draft: key, hold: true }));
}

async function change(point: ContactPointRow, { value, preferred, unreachable, seen = point.value }: Typed, key: string): Promise<void> {
  const changed = value !== null && value.trim() !== shown({ ...point, value: seen }) && value.trim() !== seen;
  const said = { id: point.id, ...(changed ? { seen, value: value.trim() } : {}), preferred, reachable: unreachable === null ? null : !unreachable };
  say(t('lead.contactSaved'), await add(changeContactPoint, said, { draft: key, hold: true }));
}

async function remove(id: string): Promise<void> {
  say(t('lead.contactRemoved'), await add(removeContactPoint, { id }, { hold: true }));
}

const say = (text: string, handle: Handle) => showToast({ text, undo: () => void handle.undo() });
