let last = 0;
let counter = 0;

/** A UUIDv7: unique anywhere, and sorted by the order of making on this tablet, within a millisecond too. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  tickOn(Date.now(), bytes[6]!);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(last / 0x10000));
  view.setUint16(4, last % 0x10000);
  view.setUint16(6, 0x7000 | counter);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Time never runs backwards here: a clock that is set back, or a full counter, borrows from the next millisecond. */
function tickOn(now: number, start: number): void {
  if (now > last) [last, counter] = [now, start];
  else if (counter < 0xfff) counter += 1;
  else [last, counter] = [last + 1, 0];
}
