/** "289,900" or "¥ 289 900.00" as the decimal that is sent, or null when it is no price. */
export function priceOf(typed: string): string | null {
  const bare = typed.normalize('NFKC').replace(/[\s,'¥$€£]/g, '');
  return /^\d{1,10}(\.\d{1,2})?$/.test(bare) && Number(bare) > 0 ? Number(bare).toFixed(2) : null;
}
