import { describe, expect, test } from 'vitest';
import { pinyin } from 'pinyin-pro';
import { ada, lead } from '../follow_ups/pretend';
import { nothingChosen, sift } from '../leads/filters';
import { finder, type Found } from '.';
import { compact, fold, nameKeys, type Sounds } from './fold';

const sounds: Sounds = (name) => pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive' });

function found(name: string, part: Partial<Found> = {}): Found {
  return { lead, customer: { ...ada, name }, words: `${nameKeys(name, sounds)} ${fold('Volkswagen Tiguan L 380 TSI')}`, digits: '|8613812345678|', codes: ' 粤b12345 v69238', models: ['Tiguan L'], ...part };
}

describe('somebody is found by', () => {
  const wang = found('王小明');
  test.each([['the name', '小明'], ['pinyin', 'wangxiao'], ['pinyin of the given name', 'xiaoming'], ['initials', 'wxm'], ['the tail of the phone', '5678'], ['three digits at the very end', '678'],
    ['the whole number with its blanks', '138 1234 5678'], ['the plate', '粤B12345'], ['a part of the plate', 'b·123'], ['the car', 'tigu'], ['the stock number', 'V69238'], ['name and car', 'wang tiguan']])('%s', (_, typed) => {
    expect(finder(typed)(wang)).toBe(true);
  });

  test.each([['another name', 'zhang'], ['the middle of a sound', 'iao'], ['digits of nobody', '9999'], ['the right name and another car', 'wang golf']])('not by %s', (_, typed) => {
    expect(finder(typed)(wang)).toBe(false);
  });
});

test('accents, case and the order of names do not matter', () => {
  const jose = found('José Müller-Ångström');
  for (const typed of ['jose', 'MULLER', 'muller jose', 'jm']) expect([typed, finder(typed)(jose)]).toEqual([typed, true]);
  expect(compact('粤B·123 45')).toBe('粤b12345');
});

test('a surname of many readings is read as a surname', () => {
  expect(finder('shan')(found('单雄信'))).toBe(true);
  expect(finder('zengguofan')(found('曾国藩'))).toBe(true);
});

describe('filters', () => {
  const asking = { query: '', personId: 'mia', seesAll: false, now: '2026-11-20T09:00:00.000Z' };
  const all = [
    found('Ada'), found('Bob', { lead: { ...lead, id: 'b', ownerId: 'tom', level: 'H', nextStepAt: '2026-11-19T10:00:00.000Z' } }),
    found('Cid', { lead: { ...lead, id: 'c', ownerId: null } }), found('Dan', { lead: { ...lead, id: 'd', status: 'LOST', nextStepAt: null } }),
  ];
  const names = (rows: readonly Found[]) => rows.map(({ customer }) => customer!.name);

  test('begin with one’s own that are not settled', () => {
    const { rows, counts } = sift(all, nothingChosen, asking);
    expect(names(rows)).toEqual(['Ada']);
    expect(counts.scope).toEqual({ mine: 1, all: 3, pool: 1 });
  });

  test('a search looks everywhere until a chip says otherwise', () => {
    expect(names(sift(all, nothingChosen, { ...asking, query: 'tiguan' }).rows)).toEqual(['Ada', 'Bob', 'Cid', 'Dan']);
    expect(names(sift(all, { ...nothingChosen, scope: 'mine' }, { ...asking, query: 'tiguan' }).rows)).toEqual(['Ada', 'Dan']);
  });

  test('a chip says what it would show beside the others', () => {
    const { rows, counts } = sift(all, { ...nothingChosen, scope: 'all', levels: ['A'] }, asking);
    expect(names(rows)).toEqual(['Ada', 'Cid']);
    expect([counts.level.get('H'), counts.level.get('A'), counts.overdue, counts.status.get('LOST')]).toEqual([1, 2, 0, 1]);
  });

  test('a manager begins with everybody', () => {
    expect(names(sift(all, nothingChosen, { ...asking, seesAll: true }).rows)).toEqual(['Ada', 'Bob', 'Cid']);
  });
});

test('ten thousand leads are searched and counted within a frame', () => {
  const family = ['王', '李', '张', '刘', '陈', 'Ada ', 'Grace '];
  const many = Array.from({ length: 10_000 }, (_, n) => found(`${family[n % 7]}${String.fromCharCode(0x4e00 + (n % 800))}`, { lead: { ...lead, id: String(n), ownerId: n % 3 ? 'mia' : null }, digits: `|8613${String(n * 7919).padStart(9, '0')}|` }));
  const asking = { personId: 'mia', seesAll: false, now: '2026-11-20T09:00:00.000Z' };
  const times = ['w', 'wa', 'wang', 'wang t', '5678', 'zzz'].map((query) => {
    const start = performance.now();
    sift(many, nothingChosen, { ...asking, query });
    return performance.now() - start;
  });
  console.info(`search of 10,000 leads, ms per keystroke: ${times.map((time) => time.toFixed(1)).join(' ')}`);
  expect(sift(many, nothingChosen, { ...asking, query: 'zzz' }).rows).toEqual([]);
});
