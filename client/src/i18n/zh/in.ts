import type { Phrase } from '../translate';

/** The same keys in another language; i18n.test.ts holds the placeholders to be the same too. */
export type In<English> = { [Key in keyof English]: Phrase };
