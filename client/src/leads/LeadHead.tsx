import { formatDay, formatMoney, language, languageOf, t } from '../i18n';
import type { LeadRow } from '../model';
import { me } from '../people/session';
import { store } from '../sync/store';
import { Tag } from '../ui/Card';
import { levelName, Lozenge } from '../ui/Lozenge';
import { Veil } from '../ui/privacy';
import { Silhouette } from '../ui/Silhouette';
import { carName, nameOf } from './queries';
import type { Open } from './sheets';

/** Who it is, how warm, whose, and which car. */
export function LeadHead({ lead, open }: { lead: LeadRow; open: Open }) {
  const customer = store.get('customers', lead.customerId);
  const name = nameOf(customer);
  return (
    <header class="lead-head">
      <button type="button" class="lead-head__level" aria-label={`${levelName(lead.level)}. ${t('lead.changeLevel')}`} title={t('lead.changeLevel')} onClick={() => open('level')}>
        <Lozenge level={lead.level} silent />
      </button>
      <div class="lead-head__who">
        <h2 class="lead-head__name" lang={languageOf(name)}>{name}</h2>
        <p class="quiet small"><Veil>{ownership(lead)}</Veil></p>
        <div class="line">{tags(lead, customer?.doNotContact)}</div>
      </div>
      <button type="button" class="lead-head__car" aria-label={t('lead.changeCars')} title={t('lead.changeCars')} onClick={() => open('cars')}>
        <Silhouette body={bodyOf(lead)} />
        <span class="lead-head__wanted">
          <span class="quiet small">{t('lead.wanted')}</span>
          <span class="wrap-2">{lead.wanted.map(carName).join(' · ') || t('common.unknown')}</span>
          {priceOf(lead) && <span class="quiet small">{priceOf(lead)}</span>}
          {lead.rivals.length > 0 && <Veil><span class="quiet small wrap-2">{t('lead.rivals')}: {lead.rivals.map(carName).join(' · ')}</span></Veil>}
        </span>
      </button>
    </header>
  );
}

function ownership(lead: LeadRow): string {
  const owner = store.get('people', lead.ownerId);
  const source = store.get('sources', lead.sourceId);
  const whose = !lead.ownerId ? t('leads.inPool') : lead.ownerId === me.value?.personId ? t('lead.ownedByYou') : t('lead.ownedBy', { name: owner?.name ?? t('common.unknown') });
  const from = source && ((language.value === 'zh-CN' && source.nameZh) || source.name);
  return [whose, t('lead.since', { day: formatDay(lead.openedAt, 'short') }), from].filter(Boolean).join(' · ');
}

function tags(lead: LeadRow, silent?: boolean) {
  return (
    <>
      <Tag tone={lead.status === 'WON' ? 'good' : lead.status === 'LOST' ? 'bad' : undefined}>{lead.status === 'OPEN' ? t(`lead.stage_${lead.stage}`) : t(`lead.status_${lead.status}`)}</Tag>
      {lead.status === 'NOT_NOW' && lead.reviveOn && <Tag>{t('lead.reviveOn', { day: formatDay(lead.reviveOn, 'short') })}</Tag>}
      {silent && <Tag tone="bad">{t('lead.doNotContact')}</Tag>}
      {store.isWaiting(lead.id) && <Tag tone="wait">{t('common.waiting')}</Tag>}
    </>
  );
}

/** Of the very car that is wanted, when it stands here. */
function priceOf(lead: LeadRow): string {
  const vehicle = store.get('vehicles', lead.wanted.find(({ vehicleId }) => vehicleId)?.vehicleId);
  const price = vehicle?.price ?? vehicle?.listPrice;
  return price ? formatMoney(price, vehicle!.currency) : '';
}

function bodyOf(lead: LeadRow): 'sedan' | 'suv' | 'hatch' {
  const [wanted] = lead.wanted;
  const body = (store.get('vehicles', wanted?.vehicleId) ?? store.all('vehicles').find(({ make, model }) => make === wanted?.make && model === wanted.model))?.body.toLowerCase() ?? '';
  if (/suv|crossover|sport util|越野/.test(body)) return 'suv';
  return /hatch|wagon|掀背/.test(body) ? 'hatch' : 'sedan';
}
