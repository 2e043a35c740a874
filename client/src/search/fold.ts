// The keys that search compares, as server/customers/names.py makes them: folded, by pinyin, by initials.

/** Casefolded, accents stripped, blanks single. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).join(' ');
}

/** Letters and digits: plates, VINs and stock numbers however they are typed. */
export const compact = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** The sound of each character of a name, without tones. */
export type Sounds = (name: string) => string[];

/** Everything that a name may be found by, each key after a blank: " 王小明 wangxiaoming xiaoming ming wxm xm m". */
export function nameKeys(name: string, sounds: Sounds | null): string {
  const folded = fold(name);
  if (!hasHan(folded)) {
    const words = folded.split(' ');
    return ` ${folded} ${words.length > 1 ? `${words.at(-1)} ${words.slice(0, -1).join(' ')} ` : ''}${words.map((word) => word[0]).join('')}`;
  }
  if (!sounds) return ` ${folded}`;
  const said = sounds(folded.replace(/[\s·]/g, '')).map(fold).filter(Boolean);
  const tails = said.map((_, from) => said.slice(from).join(''));
  const initials = said.map((_, from) => said.slice(from).map((sound) => sound[0]).join(''));
  return ` ${folded} ${tails.join(' ')} ${initials.join(' ')}`;
}
