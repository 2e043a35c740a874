/** A PIN keeps a colleague's eyes away; five wrong ones ask for the password. */

const ROUNDS = 210_000;
export const TRIES = 5;

export async function hashPin(pin: string, salt = randomSalt()): Promise<{ salt: string; hash: string }> {
  const key = await crypto.subtle.importKey('raw', encode(pin), 'PBKDF2', false, ['deriveBits']);
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', iterations: ROUNDS, salt: encode(salt) },
    key,
    256,
  );
  return { salt, hash: hex(new Uint8Array(bits)) };
}

export async function isPin(pin: string, kept: { salt: string; hash: string }): Promise<boolean> {
  return (await hashPin(pin, kept.salt)).hash === kept.hash;
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const randomSalt = (): string => hex(crypto.getRandomValues(new Uint8Array(16)));
