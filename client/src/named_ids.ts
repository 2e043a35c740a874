// UUIDv5 as the server makes them (`id_of`): rows that a verb makes by itself get the same id on the tablet.
const ELSEWHERE = '8f4b6f7e-4a4e-5c55-9a0c-0f0ec0427a11';

/** The same id for the same names, here and on the server. */
export function idOf(...names: string[]): string {
  const said = new TextEncoder().encode(names.join('\x1f'));
  const bytes = new Uint8Array(16 + said.length);
  bytes.set(bytesOf(ELSEWHERE));
  bytes.set(said, 16);
  const hash = sha1(bytes).slice(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function bytesOf(uuid: string): Uint8Array {
  return Uint8Array.from(uuid.replaceAll('-', '').match(/../g)!, (pair) => parseInt(pair, 16));
}

/** Written out, since the browser's own is asynchronous and what a verb shows is not. No secret depends on it. */
function sha1(message: Uint8Array): Uint8Array {
  const length = message.length;
  const padded = new Uint8Array(((length + 8) >> 6) * 64 + 64);
  padded.set(message);
  padded[length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(length / 0x20000000));
  view.setUint32(padded.length - 4, length << 3);
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  for (let at = 0; at < padded.length; at += 64) digest(view, at, state);
  const out = new DataView(new ArrayBuffer(20));
  state.forEach((word, index) => out.setUint32(index * 4, word));
  return new Uint8Array(out.buffer);
}

function digest(view: DataView, at: number, state: number[]): void {
  const words = new Int32Array(80);
  for (let n = 0; n < 16; n++) words[n] = view.getInt32(at + n * 4);
  for (let n = 16; n < 80; n++) words[n] = turned(words[n - 3]! ^ words[n - 8]! ^ words[n - 14]! ^ words[n - 16]!, 1);
  let [a, b, c, d, e] = state as [number, number, number, number, number];
  for (let n = 0; n < 80; n++) {
    const [mixed, constant] = round(n, b, c, d);
    const next = (turned(a, 5) + mixed + e + constant + words[n]!) | 0;
    [a, b, c, d, e] = [next, a, turned(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((word, index) => (state[index] = (state[index]! + word) | 0));
}

function round(n: number, b: number, c: number, d: number): [number, number] {
  if (n < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (n < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (n < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

const turned = (word: number, by: number) => (word << by) | (word >>> (32 - by));
