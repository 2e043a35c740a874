import { beforeEach, describe, expect, test } from 'vitest';
import { en } from './en';
import { zh } from './zh';
import { bestLanguage, currency, dayOf, formatAgo, formatDay, formatMinutes, formatMoney, formatPersonName, formatPhone, formatRelativeDay, formatShare, formatTime, initials, languageOf, say, setLanguage, t, timeZone, type Dictionary, type Phrase } from '.';

beforeEach(async () => {
  await setLanguage('en');
  timeZone.value = 'Asia/Shanghai';
  currency.value = 'CNY';
});

const features = Object.keys(en) as (keyof typeof en)[];

describe.each(features)('%s', (feature) => {
  const english = (en as Dictionary)[feature]!;
  const chinese = (zh as Dictionary)[feature]!;

  test('is said in both languages, key by key', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  });

  test('has the same placeholders in both languages', () => {
    for (const key of Object.keys(english)) {
      expect([key, placeholders(chinese[key]!)]).toEqual([key, placeholders(english[key]!)]);
    }
  });

  test('leaves nothing empty', () => {
    for (const phrase of [...Object.values(english), ...Object.values(chinese)]) {
      for (const form of forms(phrase)) expect(form.trim()).not.toBe('');
    }
  });
});

test('a plural is chosen by the rules of the language', async () => {
  expect([t('common.days', { count: 1 }), t('common.days', { count: 1200 })]).toEqual(['1 day', '1,200 days']);
  await setLanguage('zh-CN');
  expect(t('common.days', { count: 1 })).toBe('1 天');
});

test('a key that this version does not know falls back, never throws', () => {
  expect(say('problems.OF_TOMORROW', {}, 'the server said so')).toBe('the server said so');
  expect(say('problems.toString')).toBe('problems.toString');
});

test('the best language is the first that we speak', () => {
  expect(bestLanguage(['fr-FR', 'zh-Hans-CN', 'en'])).toBe('zh-CN');
  expect(bestLanguage(['fr'])).toBe('en');
});

test('times and days are those of the showroom', () => {
  const lateInLondon = '2026-11-21T18:30:00Z';
  expect(dayOf(lateInLondon)).toBe('2026-11-22');
  expect(formatDay(lateInLondon, 'short')).toBe('Nov 22');
  expect(formatDay('2026-11-22', 'short')).toBe('Nov 22');
  expect(formatTime(lateInLondon)).toMatch(/^2:30\sAM$/);
  expect(formatMinutes(630)).toMatch(/^10:30\sAM$/);
});

test('a day near is said in words, a far one by its date', async () => {
  const now = '2026-11-22T02:00:00Z';
  expect(formatRelativeDay('2026-11-23', now)).toBe('tomorrow');
  expect(formatRelativeDay('2026-11-19', now)).toBe('3 days ago');
  expect(formatRelativeDay('2026-12-24', now)).toBe('Dec 24');
  expect(formatAgo('2026-11-22T01:56:00Z', now)).toBe('4 min. ago');
  await setLanguage('zh-CN');
  expect(formatRelativeDay('2026-11-23', now)).toBe('明天');
});

test('money has its sign and no empty cents; a share without a denominator is a dash', () => {
  expect(formatMoney('289900.00')).toBe('¥289,900');
  expect(formatMoney('1234.5', 'USD')).toBe('$1,234.50');
  expect([formatShare(0.715), formatShare(null), formatShare(0 / 0)]).toEqual(['72%', '–', '–']);
});

test('a name has the order of its own language', () => {
  expect(formatPersonName({ given: '小明', family: '王' })).toBe('王小明');
  expect(formatPersonName({ given: 'Ada', family: 'Lovelace' })).toBe('Ada Lovelace');
  expect([initials('Ada King Lovelace'), initials('王小明'), initials('')]).toEqual(['AL', '王', '']);
  expect([languageOf('王小明'), languageOf('Ada'), languageOf('123')]).toEqual(['zh-CN', 'en', undefined]);
});

test('a phone number is grouped as people say it', () => {
  expect(formatPhone('+8613812345678')).toBe('+86 138 1234 5678');
  expect(formatPhone('+14155550123')).toBe('+1 415 555 0123');
});

function forms(phrase: Phrase): string[] {
  return typeof phrase === 'string' ? [phrase] : Object.values(phrase);
}

function placeholders(phrase: Phrase): string[] {
  return [...new Set(forms(phrase).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}
