import { beforeEach, describe, expect, test } from 'vitest';
import { setLanguage, timeZone } from '../i18n';
import type { FollowUpRow, Reason } from '../model';
import { whyDue } from './why';

const now = Date.parse('2026-11-22T02:00:00Z');

const due = (reason: Reason, reasonFacts: Record<string, unknown> = {}, rest: Partial<FollowUpRow> = {}) =>
  whyDue({ reason, reasonFacts, note: '', kind: 'CALL', ...rest }, now);

const stories: [Reason, Record<string, unknown>, string, string][] = [
  ['FIRST_CONTACT', { hours: 24 }, 'New: nobody has called yet', '新线索，尚未联系'],
  ['CADENCE', { level: 'A', days: 3, on: '2026-11-19' }, 'Last contact 3 days ago; level A hears from us every 3 days', '上次联系是3天前；A 级客户每 3 天联系一次'],
  ['NO_ANSWER', { on: '2026-11-21' }, 'Nobody answered yesterday: try again', '昨天未接听，请再次联系'],
  ['AFTER_VISIT', { on: '2026-11-03' }, 'Came in on Nov 3, has not heard from us since', '11月3日到店，之后还没有联系'],
  ['AFTER_TEST_DRIVE', { on: '2026-11-21', car: 'VW Tiguan' }, 'Drove the VW Tiguan yesterday, has not heard from us since', '昨天试驾了 VW Tiguan，之后还没有联系'],
  ['BEFORE_TEST_DRIVE', { on: '2026-11-23' }, 'Test drive tomorrow: ask whether it stands', '明天有试驾，请确认是否如约'],
  ['APPOINTMENT', { on: '2026-11-22' }, 'Appointment in the showroom today', '今天有到店预约'],
  ['REVIVE', { on: '2026-11-22' }, 'Asked to be called again today', '客户约定今天再联系'],
  ['PROMISE', { text: 'floor mats' }, 'We promised: floor mats', '我们承诺过：floor mats'],
  ['DELIVERY', { car: 'VW Golf' }, 'Ordered the VW Golf: wants to hear about the delivery', '已订 VW Golf，等待交车消息'],
  ['LOSS_REFUSED', { by: 'Vera', note: 'call once more' }, 'Not given up: Vera says “call once more”', '战败被驳回，Vera：“call once more”'],
  ['PLANNED', {}, 'A call that was planned', '计划的电话'],
];

beforeEach(() => {
  timeZone.value = 'Asia/Shanghai';
});

describe.each(stories)('%s', (reason, facts, english, chinese) => {
  test('is said in English', async () => {
    await setLanguage('en');
    expect(due(reason, facts)).toBe(english);
  });

  test('is said in Chinese', async () => {
    await setLanguage('zh-CN');
    expect(due(reason, facts)).toBe(chinese);
  });

  test('is said even where the facts are missing', async () => {
    for (const language of ['en', 'zh-CN'] as const) {
      await setLanguage(language);
      expect(due(reason)).not.toMatch(/[{}]|why_|undefined/);
    }
  });
});

test('every day is said as such', async () => {
  for (const [language, said] of [['en', 'every day'], ['zh-CN', '每天']] as const) {
    await setLanguage(language);
    expect(due('CADENCE', { level: 'H', days: 1, on: '2026-11-21' })).toContain(said);
  }
});

test('an appointment is not said to be in the past', async () => {
  await setLanguage('en');
  expect(due('APPOINTMENT', { on: '2026-11-14' })).toBe('Appointment in the showroom');
});

test('a note is said as it was typed', async () => {
  await setLanguage('en');
  expect(due('PLANNED', {}, { note: 'ask about the tow bar' })).toBe('ask about the tow bar');
  expect(due('NO_ANSWER', { on: '2026-11-21' }, { note: 'after six' })).toBe('Nobody answered yesterday: try again · after six');
  expect(due('PLANNED', {}, { kind: 'APPOINTMENT' })).toBe('Said they would come in');
});

test('who ordered at a sister showroom is not sold to', async () => {
  await setLanguage('en');
  expect(due('REVIVE', { on: '2026-11-22', because: 'ORDERED_ELSEWHERE', showroom: 'Harbour Audi' })).toBe('Ordered at Harbour Audi: ask whether all went well');
});
