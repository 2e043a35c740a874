// What the pad makes of digits. The server reads numbers properly; here only as much as a match and a hint need.
const CALLING: Record<string, string> = { CN: '86', US: '1', CA: '1' };

export const callingCode = (country: string): string => CALLING[country] ?? '';

/** Whether it can be a whole number: a few digits are a tail to search by, and would be refused. */
export function looksWhole(typed: string, country: string): boolean {
  const digits = typed.replace(/\D/g, '');
  if (typed.startsWith('+')) return digits.length >= 8 && digits.length <= 15;
  if (country === 'CN') return /^1\d{10}$/.test(digits) || /^0\d{9,11}$/.test(digits);
  if (callingCode(country) === '1') return /^1?[2-9]\d{9}$/.test(digits);
  return digits.length >= 7 && digits.length <= 15;
}
