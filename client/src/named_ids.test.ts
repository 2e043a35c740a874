import { expect, test } from 'vitest';
import { idOf } from './named_ids';

test('a named id is the one that the server makes', () => {
  expect(idOf('018f3c1e-0000-7000-8000-000000000001', 'next')).toBe('445301e6-a2a5-5774-a5ba-94416f52c1c1');
  expect(idOf('王小明'.repeat(40), 'touch')).toBe('7f6d869a-889a-5819-98c2-325e358a1fd9');
});
