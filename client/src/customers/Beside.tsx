import { serverNow } from '../clock';
import { dayOf, formatDay, formatPhone, languageOf, t } from '../i18n';
import { contactPoints, nameOf } from '../leads/queries';
import type { Open } from '../leads/sheets';
import type { ContactPointRow, CustomerRow } from '../model';
import { paths } from '../routes';
import { store } from '../sync/store';
import { follow, IconButton } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { isPrivate, Veil } from '../ui/privacy';
import { Merges } from './Merging';
import { latest, missing, type Missing } from './missing';
import './customers.css';

/** Beside the tabs: how to reach them, whom they know, what they agreed to, what is missing. */
export function Beside({ customerId, open }: { customerId: string; open: Open }) {
  const customer = store.get('customers', customerId);
  if (!customer) return null;
  return (
    <>
      <Contacts customerId={customerId} open={open} />
      {customer.note && !isPrivate() && <Card title={t('lead.customerNote')}><p class="facts__text" lang={languageOf(customer.note)}>{customer.note}</p></Card>}
      {customer.tags.length > 0 && !isPrivate() && <div class="line">{customer.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)}</div>}
      {!isPrivate() && <Lacking customer={customer} open={open} />}
      <Consents customerId={customerId} open={open} />
      <Relations customer={customer} />
      {!isPrivate() && <Merges customerId={customerId} />}
    </>
  );
}

function Contacts({ customerId, open }: { customerId: string; open: Open }) {
  const points = contactPoints(customerId);
  return (
    <Card title={t('lead.contact')} aside={<IconButton label={t('lead.addContact')} icon="plus" onClick={() => open('contact')} />}>
      {points.length === 0 && <p class="quiet">{t('lead.noContact')}</p>}
      <ul class="facts">
        {points.map((point) => (
          <li key={point.id} class="line line--keep">
            <span class="facts__what">
              <span class={point.reachable ? undefined : 'facts__struck'}>{text(point)}</span>
              <span class="quiet small">{[t(`lead.contact_${point.kind}`), point.preferred && t('lead.preferred'), !point.reachable && t('lead.unreachable')].filter(Boolean).join(' · ')}</span>
              {store.isWaiting(point.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}
            </span>
            <IconButton label={`${t('common.edit')}: ${text(point)}`} icon="edit" onClick={() => open('contact', point.id)} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

const text = ({ kind, value }: ContactPointRow) => (kind === 'PHONE' ? formatPhone(value) : value);

const sheets: Record<Missing, 'contact' | 'edit' | 'ownedCar' | 'consent'> = {
  PHONE: 'contact', EMAIL: 'contact', NAME_PARTS: 'edit', BIRTHDAY: 'edit', ADDRESS: 'edit', LANGUAGE: 'edit', OWNED_CAR: 'ownedCar', MARKETING_CONSENT: 'consent',
};

function Lacking({ customer, open }: { customer: CustomerRow; open: Open }) {
  const lacking = missing({
    customer, points: contactPoints(customer.id), cars: store.by('ownedCars', 'customerId', customer.id),
    consents: store.by('consents', 'customerId', customer.id), today: dayOf(serverNow()),
  });
  if (!lacking.length) return null;
  return (
    <Card title={t('lead.missing')}>
      <div class="chips">
        {lacking.map((what) => <button key={what} type="button" class="chip chip--missing" onClick={() => open(sheets[what])}>{t(`lead.missing_${what}`)}</button>)}
      </div>
    </Card>
  );
}

function Consents({ customerId, open }: { customerId: string; open: Open }) {
  const said = latest(store.by('consents', 'customerId', customerId));
  return (
    <Card title={t('lead.consents')} aside={<IconButton label={t('lead.consentAdd')} icon="plus" onClick={() => open('consent')} />}>
      {said.length === 0 && <p class="quiet">{t('lead.noConsents')}</p>}
      <ul class="facts">
        {said.map((word) => (
          <li key={word.id} class="facts__what">
            <span>{t('lead.consentLine', { channel: t(`lead.channel_${word.channel}`), purpose: t(`lead.purpose_${word.purpose}`) })}</span>
            <span class="line">
              <Tag tone={word.given ? 'good' : 'bad'}>{t(word.given ? 'lead.consentYes' : 'lead.consentNo', { day: formatDay(word.happenedAt, 'short') })}</Tag>
              {word.expiresOn && <span class="quiet small">{t('lead.consentUntil', { day: formatDay(word.expiresOn, 'full') })}</span>}
              {store.isWaiting(word.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Relations({ customer }: { customer: CustomerRow }) {
  const household = store.get('households', customer.householdId);
  const links = [
    ...store.by('relations', 'customerId', customer.id).map((row) => ({ id: row.id, otherId: row.otherId, kind: row.kind })),
    ...(household ? store.by('customers', 'householdId', household.id).filter(({ id }) => id !== customer.id).map(({ id }) => ({ id, otherId: id, kind: '' })) : []),
  ];
  return (
    <Card title={t('lead.relations')}>
      <Veil>
        {household && <p class="quiet small">{t('lead.household', { name: household.name })}</p>}
        {links.length === 0 && !household && <p class="quiet">{t('lead.noRelations')}</p>}
        <ul class="facts">{links.map(({ id, otherId, kind }) => <Link key={id} otherId={otherId} kind={kind} />)}</ul>
      </Veil>
    </Card>
  );
}

function Link({ otherId, kind }: { otherId: string; kind: string }) {
  const name = nameOf(store.get('customers', otherId));
  const [lead] = store.by('leads', 'customerId', otherId);
  const word = kind in kinds ? t(`lead.relation_${kind as keyof typeof kinds}`) : '';
  return (
    <li class="facts__what">
      {lead ? <a class="facts__link" href={paths.lead(lead.id)} onClick={(event) => follow(event, paths.lead(lead.id))}>{name}</a> : <span>{name}</span>}
      {word && <span class="quiet small">{word}</span>}
    </li>
  );
}

const kinds = { SPOUSE: 1, PARENT: 1, CHILD: 1, SIBLING: 1, FRIEND: 1, COLLEAGUE: 1, EMPLOYER: 1, REFERRED_BY: 1, OTHER: 1 };

