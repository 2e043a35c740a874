import { languages, t } from '../i18n';
import type { CustomerRow } from '../model';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { editOf, typed, type FIELDS, type Typed } from './editing';
import { editCustomer } from './mutators';

const untouched: Typed = {};
const tongues: Record<string, string> = { en: 'English', 'zh-CN': '中文' };

/** Only what was changed is sent, beside the value that was seen, so that nobody's edit is lost in silence. */
export function EditSheet({ customerId, open, onClose }: { customerId: string; open: boolean; onClose: () => void }) {
  const customer = store.get('customers', customerId);
  const key = `edit:${customerId}`;
  const form = draft(key, untouched);
  if (!customer) return null;
  const value = (name: (typeof FIELDS)[number]) => form.value[name] ?? customer[name] ?? '';
  const set = (part: Parameters<typeof typed>[2]) => (form.value = typed(form.value, customer, part));
  const tags = form.value.tags ?? customer.tags.join(', ');
  const named = value('name').trim() !== '';
  const keep = () => (onClose(), void save(customer, form.value, key));
  const text = (name: 'name' | 'givenName' | 'familyName' | 'address', label: string, maxlength: number) => (
    <Field label={label} value={value(name)} maxlength={maxlength} onInput={(next) => set({ [name]: next })} error={name === 'name' && !named ? t('lead.nameMissing') : null} autocomplete="off" />
  );
  return (
    <Sheet open={open} title={t('lead.editTitle')} onClose={onClose} footer={<Button kind="main" wide disabled={!named} onClick={keep}>{t('common.save')}</Button>}>
      <div class="stack">
        <ChipGroup label={t('lead.fieldKind')} value={value('kind')} onChange={(kind) => kind && set({ kind })}
          options={(['PERSON', 'ORGANISATION'] as const).map((kind) => ({ value: kind as string, label: t(`lead.kind_${kind}`) }))} />
        {text('name', t('lead.fieldName'), 160)}
        {value('kind') === 'PERSON' && text('familyName', t('lead.fieldFamily'), 80)}
        {value('kind') === 'PERSON' && text('givenName', t('lead.fieldGiven'), 80)}
        <span class="field__label" aria-hidden="true">{t('lead.fieldLanguage')}</span>
        <ChipGroup label={t('lead.fieldLanguage')} value={value('language')} clearable onChange={(next) => set({ language: next ?? '' })}
          options={languages.map((tongue) => ({ value: tongue as string, label: tongues[tongue]! }))} />
        {value('kind') === 'PERSON' && <Field label={t('lead.fieldBirthday')} kind="date" min="1900-01-01" value={value('birthday')} onInput={(birthday) => set({ birthday })} />}
        {text('address', t('lead.fieldAddress'), 300)}
        <Field label={t('lead.fieldTags')} value={tags} onInput={(next) => set({ tags: next })} />
        <Field label={t('lead.fieldNote')} kind="textarea" value={value('note')} maxlength={10_000} onInput={(note) => set({ note })} />
      </div>
    </Sheet>
  );
}

async function save(customer: CustomerRow, form: Typed, key: string): Promise<void> {
  const handle = await add(editCustomer, editOf(customer, form), { draft: key, hold: true });
  showToast({ text: t('lead.editSaved'), undo: () => void handle.undo() });
}
