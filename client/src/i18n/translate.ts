// What the screens say. `t('leads.count', { count: 3 })`: keys and placeholders are typed by the English dictionary.
import { signal } from '@preact/signals';
import { en } from './en';

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** A sentence, or its plural forms chosen by `count`. */
export type Phrase = string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>);
export type Dictionary = Record<string, Record<string, Phrase>>;

type English = typeof en;
export type Feature = keyof English & string;
export type Key = { [F in Feature]: `${F}.${keyof English[F] & string}` }[Feature];

type PhraseOf<K> = K extends `${infer F}.${infer P}`
  ? F extends Feature
    ? P extends keyof English[F]
      ? English[F][P]
      : never
    : never
  : never;
type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type NamesIn<P> = P extends string ? Names<P> : P extends object ? 'count' | Names<P[keyof P]> : never;
type Value = string | number;
type Arguments<K extends Key> = [NamesIn<PhraseOf<K>>] extends [never]
  ? [params?: undefined]
  : [params: Record<NamesIn<PhraseOf<K>>, Value>];

/** Every language has the same keys and placeholders; a plural may have other forms. */
export type Translation = { [F in Feature]: { [P in keyof English[F]]: Phrase } };

export const language = signal<Language>('en');
const dictionaries: Partial<Record<Language, Translation>> = { en };

/** Loads the dictionary first, so that no screen is ever half translated. Sets `<html lang>`. */
export async function setLanguage(next: Language): Promise<void> {
  if (!dictionaries[next]) dictionaries[next] = (await import('./zh')).zh;
  language.value = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next;
}

/** The first language that we speak, of those that the browser or the person prefers. */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    if (/^zh/i.test(tag)) return 'zh-CN';
    if (/^en/i.test(tag)) return 'en';
  }
  return 'en';
}

export function t<K extends Key>(key: K, ...[params]: Arguments<K>): string {
  return say(key, params as Record<string, Value> | undefined);
}

/** For keys made at run time (`say('problems.' + code)`); undefined-safe: falls back to `fallback`, then to the key. */
export function say(key: string, params?: Record<string, Value>, fallback?: string): string {
  const phrase = find(language.value, key) ?? find('en', key);
  return phrase === undefined ? (fallback ?? key) : fill(inForm(phrase, params), params);
}

export function knows(key: string): key is Key {
  return find('en', key) !== undefined;
}

function find(tongue: Language, key: string): Phrase | undefined {
  const dot = key.indexOf('.');
  const dictionary = dictionaries[tongue] as Dictionary | undefined;
  const feature = dictionary?.[key.slice(0, dot)];
  const name = key.slice(dot + 1);
  return feature && Object.hasOwn(feature, name) ? feature[name] : undefined;
}

const plurals = new Map<Language, Intl.PluralRules>();

function inForm(phrase: Phrase, params?: Record<string, Value>): string {
  if (typeof phrase === 'string') return phrase;
  const tongue = language.value;
  const rules = plurals.get(tongue) ?? new Intl.PluralRules(tongue);
  plurals.set(tongue, rules);
  return phrase[rules.select(Number(params?.['count'] ?? 0))] ?? phrase.other;
}

const grouped = new Map<Language, Intl.NumberFormat>();

function fill(text: string, params?: Record<string, Value>): string {
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? number(value) : value;
  });
}

function number(value: number): string {
  const tongue = language.value;
  const format = grouped.get(tongue) ?? new Intl.NumberFormat(tongue);
  grouped.set(tongue, format);
  return format.format(value);
}
