/** Joins class names, leaving out what is false: `classes('row', late && 'row--late')`. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
