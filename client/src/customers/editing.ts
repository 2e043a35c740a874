// What somebody changes of a customer, against what they saw when they began: a colleague may have changed it since.
import type { CustomerFields, EditCustomerInput } from '../api/generated/graphql';
import type { CustomerRow } from '../model';

export const FIELDS = ['kind', 'name', 'familyName', 'givenName', 'language', 'birthday', 'address', 'note'] as const satisfies readonly (keyof CustomerFields & keyof CustomerRow)[];

type Field = (typeof FIELDS)[number];
type Seen = Partial<Pick<CustomerRow, Field | 'tags'>>;

/** A half-filled form: what was typed, and beside each field what stood there before its first key. */
export type Typed = Partial<Record<Field | 'tags', string>> & { seen?: Seen };

/** The form with one more key in it. */
export function typed(form: Typed, customer: CustomerRow, part: Partial<Record<Field | 'tags', string>>): Typed {
  const seen: Record<string, unknown> = { ...form.seen };
  for (const name of Object.keys(part) as (Field | 'tags')[]) if (form[name] === undefined) seen[name] = customer[name];
  return { ...form, ...part, seen: seen as Seen };
}

/** The verb's input: what was changed, beside the value that was seen, so that nobody's edit is lost in silence. */
export function editOf(customer: CustomerRow, form: Typed): Pick<EditCustomerInput, 'id' | 'seen' | 'set' | 'addTags' | 'removeTags'> {
  const before = (name: Field | 'tags'): unknown => (form.seen && name in form.seen ? form.seen[name] : customer[name]);
  const seen: Record<string, unknown> = {};
  const set: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const next = form[name]?.trim();
    if (next === undefined || next === (before(name) ?? '')) continue;
    seen[name] = before(name);
    set[name] = name === 'birthday' ? next || null : next;
  }
  const had = before('tags') as readonly string[];
  const wanted = form.tags?.split(/[,，]/).map((tag) => tag.trim()).filter(Boolean);
  return {
    id: customer.id, seen: seen as CustomerFields, set: set as CustomerFields,
    addTags: wanted?.filter((tag) => !had.includes(tag)) ?? [], removeTags: wanted ? had.filter((tag) => !wanted.includes(tag)) : [],
  };
}
