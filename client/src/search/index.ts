// One entry a lead with everything that it may be found by, folded beforehand, and kept up as rows change.
import { computed } from '@preact/signals';
import type { CustomerRow, LeadRow } from '../model';
import { store } from '../sync/store';
import { compact, fold, hasHan, nameKeys } from './fold';
import { sounds, wantPinyin } from './pinyin';

export interface Found {
  lead: LeadRow;
  customer: CustomerRow | undefined;
  /** Words, each after a blank: name, pinyin, initials, cars. */
  words: string;
  /** Digits of phones, each between bars. */
  digits: string;
  /** Plates, VINs, stock numbers, each after a blank. */
  codes: string;
  models: readonly string[];
}

interface Known {
  found: Found;
  belongings: Belongings | undefined;
  stock: string;
}

interface Belongings {
  digits: string;
  codes: string;
}

let names = new WeakMap<CustomerRow, string>();
let entries = new Map<string, Known>();

sounds.subscribe(() => {
  names = new WeakMap();
  entries = new Map();
});

/** Phones and plates by customer; the same object as long as they stay the same. */
const belongings = computed(() => {
  const gathered = new Map<string, Belongings>();
  const of = (id: string) => gathered.get(id) ?? (gathered.set(id, { digits: '', codes: '' }), gathered.get(id)!);
  for (const point of store.all('contactPoints')) {
    if (point.removedAt) continue;
    const own = of(point.customerId);
    if (point.kind === 'PHONE') own.digits += `|${point.value.replace(/\D/g, '')}|`;
    else own.codes += ` ${compact(point.value)}`;
  }
  for (const car of store.all('ownedCars')) of(car.customerId).codes += ` ${compact(car.plate)} ${compact(car.vin)}`;
  return gathered;
});

/** Every lead on this device, what wants to be done first at the top. */
export const everyLead = computed<readonly Found[]>(() => {
  void sounds.value;
  const own = belongings.value;
  const found = new Map<string, Found>();
  for (const lead of store.all('leads')) if (lead.status !== 'MERGED') found.set(lead.id, entryOf(lead, own.get(lead.customerId)));
  sorted = inOrder(found).sort((a, b) => order(a.lead, b.lead));
  return sorted;
});

let sorted: readonly Found[] = [];

/** As they were sorted last, then what is new: little is left to sort after a tap. */
function inOrder(found: ReadonlyMap<string, Found>): Found[] {
  const before = new Set(sorted.map(({ lead }) => lead.id));
  const kept = sorted.map(({ lead }) => found.get(lead.id)).filter((one) => one !== undefined);
  return [...kept, ...[...found.values()].filter(({ lead }) => !before.has(lead.id))];
}

/** What `typed` asks of an entry: each of its words somewhere. */
export function finder(typed: string): (found: Found) => boolean {
  const asked = fold(typed).split(' ').filter(Boolean).map((word) => ({ word, code: compact(word), digits: word.replace(/\D/g, ''), han: hasHan(word) }));
  const phone = typed.replace(/[\s()+-]/g, '');
  if (/^\d{5,}$/.test(phone)) return (found) => isIn(found, { word: phone, code: phone, digits: phone, han: false });
  return (found) => asked.every((one) => isIn(found, one));
}

interface Asked {
  word: string;
  code: string;
  digits: string;
  han: boolean;
}

function isIn({ words, digits, codes }: Found, { word, code, digits: number, han }: Asked): boolean {
  if (words.includes(han ? word : ` ${word}`)) return true;
  if (number.length >= 3 && number.length === code.length && (digits.includes(`${number}|`) || (number.length >= 5 && digits.includes(number)))) return true;
  return code.length >= 2 && (codes.includes(` ${code}`) || (code.length >= 4 && codes.includes(code)));
}

function entryOf(lead: LeadRow, own: Belongings | undefined): Found {
  const known = entries.get(lead.id);
  const customer = store.get('customers', lead.customerId);
  const stock = stockOf(lead);
  if (known && known.found.lead === lead && known.found.customer === customer && known.stock === stock && known.belongings?.digits === own?.digits && known.belongings?.codes === own?.codes) return known.found;
  const cars = [...lead.wanted, ...lead.rivals].map((car) => fold([car.make, car.model, car.trim].filter(Boolean).join(' ')));
  const found: Found = {
    lead, customer, words: `${nameOf(customer)} ${cars.join(' ')}`, digits: own?.digits ?? '', codes: `${own?.codes ?? ''}${stock}`,
    models: [...new Set(lead.wanted.map(({ model }) => model).filter(Boolean))],
  };
  entries.set(lead.id, { found, belongings: own, stock });
  return found;
}

function nameOf(customer: CustomerRow | undefined): string {
  if (!customer) return '';
  const known = names.get(customer);
  if (known !== undefined) return known;
  if (!sounds.peek() && hasHan(customer.name)) wantPinyin();
  const keys = nameKeys(customer.name, sounds.peek());
  names.set(customer, keys);
  return keys;
}

function stockOf(lead: LeadRow): string {
  let stock = '';
  for (const { vehicleId } of lead.wanted) {
    const vehicle = vehicleId ? store.get('vehicles', vehicleId) : undefined;
    if (vehicle) stock += ` ${compact(vehicle.stockNumber)} ${compact(vehicle.vin)} ${compact(vehicle.plate)}`;
  }
  return stock;
}

/** Live ones by their next step, then what is settled, the latest first. */
function order(a: LeadRow, b: LeadRow): number {
  const live = Number(b.closedAt === null) - Number(a.closedAt === null);
  if (live) return live;
  if (a.closedAt && b.closedAt) return a.closedAt < b.closedAt ? 1 : -1;
  const [one, other] = [a.nextStepAt ?? '9', b.nextStepAt ?? '9'];
  return one < other ? -1 : one > other ? 1 : a.id < b.id ? -1 : 1;
}
