import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';

const reasons = ['CUSTOMER', 'WEATHER', 'CAR'] as const;

/** Why, in one tap or in words; the slot is free at once, and it can be undone. */
export function CancelForm({ onCancel }: { onCancel: (reason: string) => void }) {
  const [text, setText] = useState('');
  return (
    <div class="stack">
      <ChipGroup label={t('drives.why')} value={null} options={reasons.map((value) => ({ value, label: t(`drives.why_${value}`) }))}
        onChange={(value) => value && setText(t(`drives.why_${value}`))} />
      <Field label={t('drives.why')} value={text} onInput={setText} optional maxlength={200} />
      <Button kind="danger" wide onClick={() => onCancel(text.trim())}>{t('drives.cancel')}</Button>
    </div>
  );
}
