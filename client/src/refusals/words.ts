// An entry of the outbox in plain words: what was done, and every value that was typed.
import { formatDay, formatDayTime, formatMoney, formatNumber, knows, language, say, t } from '../i18n';
import { nameOf } from '../leads/queries';
import { store, type tray } from '../sync/store';

export type Refused = (typeof tray.value)[number];

/** "Booked a test drive" */
export const deedOf = ({ verb }: Pick<Refused, 'verb'>): string => say(`refusals.verb_${verb}`, undefined, verb);

export interface Typed {
  label: string;
  value: string;
}

/** What nobody typed: ids that a tablet makes by itself, and what stood there before. */
const OWN_IDS = new Set(['id', 'visitId', 'contactPointId', 'followUpId', 'agreementId', 'touchId', 'householdId', 'replacesId', 'seen']);

/** Everything that was typed, in the order it was asked for, labelled; ids become names. */
export function typedOf({ variables }: Pick<Refused, 'variables'>): Typed[] {
  return Object.entries(variables).flatMap(([key, value]) => linesOf(key, value));
}

function linesOf(key: string, value: unknown): Typed[] {
  if (value === null || value === undefined || value === '' || OWN_IDS.has(key)) return [];
  if (Array.isArray(value)) return value.length === 0 ? [] : [{ label: labelOf(key), value: value.map(carOrText).join(', ') }];
  if (typeof value === 'object') return Object.entries(value).flatMap(([inner, part]) => linesOf(inner, part));
  const said = valueOf(key, value as string | number | boolean);
  return said ? [{ label: labelOf(key), value: said }] : [];
}

export const labelOf = (key: string): string => say(`refusals.field_${key}`, undefined, key);

function carOrText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const { make, model, trim, color } = value as Record<string, string | undefined>;
  return [make, model, trim, color].filter(Boolean).join(' ');
}

function valueOf(key: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
  if (typeof value === 'number') return formatNumber(value);
  if (key === 'signature') return value.startsWith('M') ? t('refusals.signed') : value;
  if (key === 'price') return Number.isFinite(Number(value)) ? formatMoney(value) : value;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return formatDayTime(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return formatDay(value, 'full');
  if (key.endsWith('Id')) return thing(key, value);
  return wordOf(key, value);
}

/** Whom or what an id names, as far as this tablet may know; nothing for what was never made. */
function thing(key: string, id: string): string {
  if (key === 'leadId') return customerName(store.get('leads', id)?.customerId);
  if (key === 'customerId' || key === 'otherId' || key === 'mergedId') return customerName(id);
  if (key === 'vehicleId') {
    const car = store.get('vehicles', id);
    return car ? [car.make, car.model, car.trim, car.plate].filter(Boolean).join(' ') : '';
  }
  if (key === 'ownerId') return store.get('people', id)?.name ?? '';
  if (key === 'sourceId') return store.get('sources', id)?.name ?? '';
  return '';
}

function customerName(id: string | undefined): string {
  const customer = store.get('customers', id);
  return customer ? nameOf(customer) : '';
}

/** A code of a list in the person's words. */
function wordOf(key: string, value: string): string {
  if (!/^[A-Z][A-Z_]*$/.test(value)) return value;
  const candidates = [`refusals.value_${value}`, `words.${key}_${value}`, `words.${key}_${value.toLowerCase()}`, `visits.party_${value}`, `visits.errand_${value}`];
  const known = candidates.find(knows);
  return known ? say(known) : value;
}

/** What happened, in the server's own words where it said any, unless the person has changed language since. */
export function whyOf({ problems, parked }: Refused): string {
  const [problem] = problems;
  if (problem?.message && !knows(`problems.${problem.code}`)) return problem.message;
  if (problem?.message) return isInOurLanguage(problem.message) ? problem.message : say(`problems.${problem.code}`);
  if (parked) return t('problems.parked');
  return problem ? say(`problems.${problem.code}`, undefined, t('problems.unknown')) : t('problems.unknown');
}

/** A Chinese sentence ends with a Chinese full stop, whatever names stand in it. */
function isInOurLanguage(sentence: string): boolean {
  return /[。！？]$/.test(sentence.trim()) === (language.value === 'zh-CN');
}

/** What was done, when, and every value that was typed. */
export function asTypedText(entry: Pick<Refused, 'verb' | 'at' | 'variables'>): string {
  return [`${deedOf(entry)}, ${formatDayTime(entry.at)}`, ...linesOfTyped(entry)].join('\n');
}

/** All of it with the reason, as a text to be shared or handed over. */
export function asText(refused: Refused): string {
  return [`${deedOf(refused)}, ${formatDayTime(refused.at)}`, whyOf(refused), ...linesOfTyped(refused)].join('\n');
}

const linesOfTyped = (entry: Pick<Refused, 'variables'>): string[] => typedOf(entry).map(({ label, value }) => `${label}: ${value}`);
