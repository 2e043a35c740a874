import { tick } from '../clock';
import { formatAgo, formatPhone, t } from '../i18n';
import { store } from '../sync/store';
import { Card, Tag } from '../ui/Card';
import { Icon } from '../ui/Icon';
import { IconButton } from '../ui/Button';
import { ListRow, Rows } from '../ui/ListRow';
import { NumberPad } from '../ui/NumberPad';
import { isHidden, isPrivate } from '../ui/privacy';
import { ENOUGH, matchesOf, type Match } from './matches';
import { known, showroom } from './queries';
import type { FormProps } from './VisitScreen';

/** The number, and above it who has it: room is kept for them, so that nothing moves under the finger. */
export function NumberPart({ form, set }: FormProps) {
  if (form.chosenId) return <Chosen customerId={form.chosenId} onOther={() => set({ chosenId: null })} />;
  const matches = matchesOf(form.phone, { points: store.all('contactPoints'), country: showroom()?.country ?? '' })
    .filter(({ customerId }) => !isHidden(customerId));
  return (
    <>
      <div class="visit__matches" aria-live="polite">
        {matches.length > 0
          ? <Card flush><Rows label={t('visits.onFile')}>{matches.map((match) => <MatchRow key={match.customerId} match={match} onPick={() => set({ chosenId: match.customerId })} />)}</Rows></Card>
          : <p class="visit__hint quiet small">{hint(form.phone)}</p>}
      </div>
      <NumberPad label={t('visits.number')} placeholder={t('visits.number')} value={form.phone} onChange={(phone) => set({ phone })} extra="+" starts />
    </>
  );
}

function hint(phone: string): string {
  if (isPrivate()) return '';
  return phone.replace(/\D/g, '').length < ENOUGH ? t('visits.hint') : t('visits.noMatch');
}

function MatchRow({ match, onPick }: { match: Match; onPick: () => void }) {
  const person = known(match.customerId);
  if (!person) return null;
  const { customer, lead, owner, lastTouchAt } = person;
  const line = [formatPhone(match.phone), owner && t('visits.ownedBy', { name: owner })].filter(Boolean).join(' · ');
  return (
    <ListRow level={lead?.level} mark={<Icon name="user" />} title={customer.name} subtitle={line} onOpen={onPick}
      time={lastTouchAt ? formatAgo(lastTouchAt, tick.value) : undefined} />
  );
}

function Chosen({ customerId, onOther }: { customerId: string; onOther: () => void }) {
  const person = known(customerId);
  if (!person) return null;
  const { customer, lead, owner, lastTouchAt } = person;
  const line = [owner && t('visits.ownedBy', { name: owner }), lastTouchAt && t('visits.lastTouch', { when: formatAgo(lastTouchAt, tick.value) })];
  return (
    <Card tone="accent">
      <div class="line line--keep">
        <div class="visit__chosen">
          <Tag tone="accent">{t('visits.onFile')}</Tag>
          <h2 class="wrap-2">{customer.name}</h2>
          <p class="quiet small">{line.filter(Boolean).join(' · ')}</p>
          {lead && lead.wanted.length > 0 && <p class="small">{lead.wanted.map(({ model, trim }) => [model, trim].filter(Boolean).join(' ')).join(', ')}</p>}
        </div>
        <IconButton label={t('visits.somebodyElse')} icon="close" onClick={onOther} />
      </div>
    </Card>
  );
}
