// Numbers as they will be stored, as well as a tablet can tell: the server reads them by every country's rules.
import type { ContactKind } from '../model';

const national: Record<string, [code: string, shape: RegExp]> = {
  CN: ['+86', /^1\d{10}$/],
  US: ['+1', /^[2-9]\d{9}$/],
  CA: ['+1', /^[2-9]\d{9}$/],
};

/** "138 1234 5678" in CN → "+8613812345678"; what is no number of that country stays as digits. */
export function storedPhone(typed: string, country: string): string {
  const digits = typed.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '');
  if (digits.startsWith('+')) return digits;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  const [code, shape] = national[country] ?? [];
  const bare = code === '+1' && /^1\d{10}$/.test(digits) ? digits.slice(1) : digits;
  return code && shape?.test(bare) ? code + bare : digits;
}

export function storedContact(kind: ContactKind, typed: string, country: string): string {
  if (kind === 'PHONE') return storedPhone(typed, country);
  return kind === 'EMAIL' ? typed.trim().toLowerCase() : typed.trim();
}
