// Which of an entry's values a person can mend, and the entry with the mended ones.
import type { Refused } from './words';

export interface Fixable {
  /** "phone", or "nextStep.dueAt". */
  path: string;
  key: string;
  value: string;
  kind: 'text' | 'textarea' | 'tel' | 'number' | 'date' | 'moment';
}

const LONG = new Set(['note', 'text', 'evidence', 'description', 'appendNote', 'wording', 'proof', 'address', 'reason']);
const NEVER = new Set(['signature', 'currency', 'direction', 'level', 'language', 'theme', 'source']);

/** Typed texts, numbers, days and moments; what was picked from a list is done again where it is picked. */
export function fixableOf(variables: Refused['variables'], within = ''): Fixable[] {
  return Object.entries(variables).flatMap(([key, value]) => {
    const path = within ? `${within}.${key}` : key;
    if (value && typeof value === 'object' && !Array.isArray(value) && key !== 'seen') return fixableOf(value as Record<string, unknown>, path);
    const kind = kindOf(key, value);
    return kind ? [{ path, key, kind, value: String(value) }] : [];
  });
}

function kindOf(key: string, value: unknown): Fixable['kind'] | null {
  if (typeof value === 'number') return 'number';
  if (typeof value !== 'string' || NEVER.has(key) || /Id$|^id$/.test(key)) return null;
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return 'moment';
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return 'date';
  if (/^[A-Z][A-Z_]+$/.test(value) && key !== 'name') return null;
  if (LONG.has(key)) return 'textarea';
  return key === 'phone' ? 'tel' : 'text';
}

/** A copy with other values at these paths; numbers stay numbers, an emptied number is none. */
export function mended(variables: Refused['variables'], values: Readonly<Record<string, string>>): Record<string, unknown> {
  const copy = structuredClone(variables);
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split('.');
    const last = keys.pop()!;
    const at = keys.reduce<Record<string, unknown>>((part, key) => part[key] as Record<string, unknown>, copy);
    at[last] = typeof at[last] === 'number' ? (value.trim() === '' ? null : Number(value)) : value;
  }
  return copy;
}

export interface Slot {
  startsAt: string;
  endsAt: string;
}

/** The free slots that came with a refusal for a taken one. */
export function freeSlots({ problems }: Refused): Slot[] {
  const taken = problems.find(({ code }) => code === 'SLOT_TAKEN');
  const free = (taken?.details as { free?: unknown } | null | undefined)?.free;
  return Array.isArray(free) ? free.filter((slot): slot is Slot => typeof slot?.startsAt === 'string' && typeof slot?.endsAt === 'string') : [];
}
