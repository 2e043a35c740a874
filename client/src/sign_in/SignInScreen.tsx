import { Gate } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { language, languages, setLanguage, t } from '../i18n';
import { farewell } from '../people/expulsion';
import { colleagues, session, take } from '../people/session';
import { Card, Tag } from '../ui/Card';
import { SegmentedControl } from '../ui/SegmentedControl';
import { Icon } from '../ui/Icon';
import { ListRow, Rows } from '../ui/ListRow';
import { SignInForm } from './SignInForm';
import { useStart } from './focus';
import './sign_in.css';

const own = { en: 'English', 'zh-CN': '中文' } as const;

/** Outside of the frame: who are you? */
export default function SignInScreen() {
  useScreen({ title: t('signIn.title') });
  useStart();
  const why = reasons[session.value.reason];
  return (
    <Gate>
      <div class="sign-in stack">
        <header class="sign-in__head">
          <span class="sign-in__mark" aria-hidden="true"><Icon name="showroom" size={32} /></span>
          <h1>Forecourt</h1>
        </header>
        {farewell.value && <Farewell {...farewell.value} />}
        {why && !farewell.value && <Card tone="wait"><p>{t(why)}</p></Card>}
        <Card><SignInForm /></Card>
        <People />
        <SegmentedControl label={t('signIn.language')} value={language.value} onChange={(next) => void setLanguage(next)}
          options={languages.map((value) => ({ value, label: own[value] }))} />
      </div>
    </Gate>
  );
}

const reasons = {
  '': null, LEASE_ENDED: 'signIn.leaseEnded', WRONG_PIN: 'signIn.wrongPin', LEFT: 'signIn.left', REVOKED: 'signIn.revoked',
} as const as Record<string, 'signIn.leaseEnded' | 'signIn.wrongPin' | 'signIn.left' | 'signIn.revoked' | null>;

/** To somebody who may not go on here: why, that customers are gone from here, and what became of their own work. */
function Farewell({ why, handed, waits }: { why: 'LEFT' | 'REVOKED'; handed: number; waits: number }) {
  return (
    <Card tone="wait">
      <div class="stack" role="status">
        <p>{t(why === 'LEFT' ? 'signIn.left' : 'signIn.revoked')}</p>
        <p>{waits > 0 ? t('signIn.toHand', { count: waits }) : handed > 0 ? t('signIn.handed', { count: handed }) : t('signIn.nothingToHand')}</p>
      </div>
    </Card>
  );
}

/** Who has used this tablet: with a PIN they open their own store without a network. Of their work, a count. */
function People() {
  const people = colleagues.value;
  if (people.length === 0) return null;
  return (
    <Card title={t('signIn.people')} flush>
      <Rows label={t('signIn.people')}>
        {people.map(({ personId, name, unsent, hasPin }) => (
          <ListRow key={personId} mark={<Icon name="user" />} title={name} subtitle={hasPin ? t('signIn.withPin') : t('signIn.withPassword')}
            onOpen={hasPin ? () => void take(personId) : undefined}
            tags={unsent > 0 ? <Tag tone="wait">{t('signIn.unsent', { count: unsent })}</Tag> : undefined} />
        ))}
      </Rows>
    </Card>
  );
}
