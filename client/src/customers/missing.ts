// What a record still lacks, in the order of its use: as server/customers/missing.py says it.
import type { ConsentRow, ContactPointRow, CustomerRow, OwnedCarRow } from '../model';

export const MISSING = ['PHONE', 'EMAIL', 'NAME_PARTS', 'BIRTHDAY', 'ADDRESS', 'LANGUAGE', 'OWNED_CAR', 'MARKETING_CONSENT'] as const;
export type Missing = (typeof MISSING)[number];

export interface Known {
  customer: CustomerRow;
  /** Those that are not removed. */
  points: readonly ContactPointRow[];
  cars: readonly OwnedCarRow[];
  consents: readonly ConsentRow[];
  /** ISO day. */
  today: string;
}

export function missing({ customer, points, cars, consents, today }: Known): Missing[] {
  const isPerson = customer.kind === 'PERSON';
  const reached = new Set(points.filter(({ reachable }) => reachable).map(({ kind }) => kind));
  const lacks: Record<Missing, boolean> = {
    PHONE: !reached.has('PHONE'),
    EMAIL: !reached.has('EMAIL'),
    NAME_PARTS: isPerson && !customer.familyName && !customer.givenName,
    BIRTHDAY: isPerson && customer.birthday === null,
    ADDRESS: !customer.address,
    LANGUAGE: !customer.language,
    OWNED_CAR: cars.length === 0,
    MARKETING_CONSENT: !customer.doNotContact && !latest(consents).some((said) => said.purpose === 'MARKETING' && said.given && (!said.expiresOn || said.expiresOn >= today)),
  };
  return MISSING.filter((what) => lacks[what]);
}

/** The newest word on each channel and purpose: it counts. */
export function latest(consents: readonly ConsentRow[]): ConsentRow[] {
  const newest = new Map<string, ConsentRow>();
  for (const said of [...consents].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : a.recordedAt > b.recordedAt ? 1 : a.id < b.id ? -1 : 1))) {
    newest.set(`${said.channel} ${said.purpose}`, said);
  }
  return [...newest.values()];
}
