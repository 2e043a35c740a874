import { expect, test } from 'vitest';
import { problems } from './en/problems';

/** Raised only by commands, importers and settings that no tablet has. */
const ELSEWHERE = new Set(['DROPS_TOO_MUCH', 'UNKNOWN_POLICY', 'UNKNOWN_REASON', 'VIN_TAKEN', 'PASSWORD_TOO_SHORT', 'EMAIL_TAKEN']);

const files = import.meta.glob<Record<string, object>>('../../../server/*/refusals.json', { eager: true, import: 'default' });
const codes = Object.values(files).flatMap((file) => Object.keys(file));

test('whatever a tablet may be refused has a sentence, should the server\'s own be missing', () => {
  expect(codes.length).toBeGreaterThan(40);
  expect(codes.filter((code) => !ELSEWHERE.has(code) && !(code in problems))).toEqual([]);
});
