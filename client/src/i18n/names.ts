// Names and numbers of people, in the order and grouping that their own language has.
import type { Language } from './translate';

export interface Named {
  given?: string | null;
  family?: string | null;
  /** The name of an organisation, or a name that nobody has split. */
  full?: string | null;
}

const han = /\p{Script=Han}/u;

/** 王小明 and "Ada Lovelace": a Chinese name has its family first and no space, whatever the screen's language. */
export function formatPersonName({ given, family, full }: Named): string {
  if (full) return full;
  const parts = [given, family].filter((part): part is string => !!part);
  return han.test(parts.join('')) ? parts.reverse().join('') : parts.join(' ');
}

/** For the round mark of a person: "AL", 小明's 王. */
export function initials(name: string): string {
  if (han.test(name)) return [...name][0] ?? '';
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '').join('').toUpperCase();
}

/** The `lang` to mark a name or a note with, where it is not the screen's own. */
export function languageOf(text: string): Language | undefined {
  return han.test(text) ? 'zh-CN' : /\p{Script=Latin}/u.test(text) ? 'en' : undefined;
}

/** "+8613812345678" → "+86 138 1234 5678"; "+14155550123" → "+1 415 555 0123". Others in fours from the end. */
export function formatPhone(e164: string): string {
  const china = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(e164);
  if (china) return `+86 ${china.slice(1).join(' ')}`;
  const north = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  if (north) return `+1 ${north.slice(1).join(' ')}`;
  return e164.replace(/\B(?=(\d{4})+$)/g, ' ');
}
