import { expect, test } from 'vitest';

import type { CustomerRow } from '../model';
import { editOf, typed, type Typed } from './editing';

const ann = { id: 'ann', kind: 'PERSON', name: 'Ann', familyName: '', givenName: '', language: '', birthday: null, address: 'Old Street', note: '', tags: ['fleet'] } as unknown as CustomerRow;

test('what was not touched is not sent, nor what was typed and taken back', () => {
  const form = typed(typed({}, ann, { address: 'N' }), ann, { address: 'Old Street' });
  expect(editOf(ann, form)).toEqual({ id: 'ann', seen: {}, set: {}, addTags: [], removeTags: [] });
});

test('I5: a colleague changed the field while the form lay open: what was seen at its first key is said, so that both are kept', () => {
  let form: Typed = typed({}, ann, { address: 'New' });
  const since = { ...ann, address: "a colleague's" };
  form = typed(form, since, { address: 'New Street' });
  expect(editOf(since, form)).toMatchObject({ seen: { address: 'Old Street' }, set: { address: 'New Street' } });
});

test('I5: a tag that a colleague added meanwhile is not removed by who never saw it', () => {
  const form = typed({}, ann, { tags: 'fleet, cash' });
  expect(editOf({ ...ann, tags: ['fleet', 'vip'] }, form)).toMatchObject({ addTags: ['cash'], removeTags: [] });
  expect(editOf(ann, typed({}, ann, { tags: '' }))).toMatchObject({ addTags: [], removeTags: ['fleet'] });
});

test('a form of an older app, which did not keep what was seen, is sent against what is there', () => {
  expect(editOf(ann, { note: 'hello' })).toMatchObject({ seen: { note: '' }, set: { note: 'hello' } });
});
