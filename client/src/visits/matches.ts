// Who is on file, by the digits typed so far: the tail of a number, or its beginning. All local, a millisecond.
import type { ContactPointRow } from '../model';
import { callingCode } from './phones';

/** Fewer digits than this match half the showroom. */
export const ENOUGH = 3;

export interface Match {
  customerId: string;
  /** E.164. */
  phone: string;
}

/** Whole numbers first, then tails, then beginnings; a customer once. */
export function matchesOf(typed: string, { points, country, most = 4 }: {
  points: readonly ContactPointRow[]; country: string; most?: number;
}): Match[] {
  const digits = typed.replace(/\D/g, '');
  if (digits.length < ENOUGH) return [];
  const starts = typed.startsWith('+') ? `+${digits}` : `+${callingCode(country)}${digits.replace(/^0+/, '')}`;
  const found: (Match & { rank: number })[] = [];
  for (const { kind, removedAt, value, customerId } of points) {
    if (kind !== 'PHONE' || removedAt) continue;
    const rank = value === starts ? 0 : value.endsWith(digits) ? 1 : value.startsWith(starts) ? 2 : 3;
    if (rank < 3) found.push({ customerId, phone: value, rank });
  }
  found.sort((one, other) => one.rank - other.rank || (one.phone < other.phone ? -1 : 1));
  const seen = new Set<string>();
  return found.filter(({ customerId }) => !seen.has(customerId) && seen.add(customerId)).slice(0, most);
}
