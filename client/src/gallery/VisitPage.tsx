import { useState } from 'preact/hooks';
import { Page } from '../frame/Page';
import { t } from '../i18n';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';
import { ChipGroup } from '../ui/ChipGroup';
import { Rows } from '../ui/ListRow';
import { NumberPad } from '../ui/NumberPad';
import { cast, say } from './cast';
import { PersonRow } from './PersonRow';

export function VisitPage() {
  const [phone, setPhone] = useState('138');
  const [who, setWho] = useState<string | null>('couple');
  return (
    <Page>
      <Card flush>
        <Rows label={t('visits.onFile')}>{cast(2).map((somebody) => <PersonRow key={somebody.id} somebody={somebody} />)}</Rows>
      </Card>
      <NumberPad label={t('visits.number')} placeholder={t('visits.number')} value={phone} onChange={setPhone} extra="+" starts />
      <ChipGroup label={t('visits.who')} value={who} onChange={setWho} options={[
        { value: 'one', label: t('visits.one'), icon: 'user' }, { value: 'couple', label: t('visits.couple'), icon: 'couple' }, { value: 'family', label: t('visits.family'), icon: 'family' },
      ]} />
      <div class="line">
        <Button kind="main">{t('common.done')}</Button>
        <Button>{t('visits.justLooking')}</Button>
        <span class="quiet small">{say('Everything is kept as you tap', '点选即保存')}</span>
      </div>
    </Page>
  );
}
