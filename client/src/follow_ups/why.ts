// Why something is due, in plain words: from the reason and the facts that the plan has kept.
import { daysBetween, formatDay, formatRelativeDay, t } from '../i18n';
import type { FollowUpRow, Level, Reason } from '../model';

type Facts = Record<string, unknown>;

/** `now` is the moment at which it is read: "yesterday" moves on. The `brand` of the showroom is not said of its cars. */
export function whyDue({ reason, reasonFacts, note, kind }: Pick<FollowUpRow, 'reason' | 'reasonFacts' | 'note' | 'kind'>, now: number, brand = ''): string {
  const said = sentence(reason, reasonFacts ?? {}, { now, brand });
  if (reason !== 'PLANNED') return note ? `${said} · ${note}` : said;
  if (note) return note;
  return kind === 'APPOINTMENT' ? t('today.why_SAID_WILL_COME') : t(`today.why_PLANNED_${kind}`);
}

export function whyPromise(text: string): string {
  return t('today.why_PROMISE', { text });
}

function sentence(reason: Reason, facts: Facts, { now, brand }: { now: number; brand: string }): string {
  const when = day(facts['on'], now);
  const car = text(facts['car']).replace(brand ? `${brand} ` : '', '');
  switch (reason) {
    case 'FIRST_CONTACT':
      return t('today.why_FIRST_CONTACT');
    case 'CADENCE':
      if (!when || !facts['level']) return t('today.why_CADENCE_bare');
      return facts['days'] === 1
        ? t('today.why_CADENCE_daily', { when, level: levelWord(facts['level'] as Level) })
        : t('today.why_CADENCE', { when, level: levelWord(facts['level'] as Level), days: Number(facts['days'] ?? 0) });
    case 'NO_ANSWER':
      return when ? t('today.why_NO_ANSWER', { when }) : t('today.why_NO_ANSWER_bare');
    case 'AFTER_VISIT':
      return when ? t('today.why_AFTER_VISIT', { when }) : t('today.why_AFTER_VISIT_bare');
    case 'AFTER_TEST_DRIVE':
      if (when && car) return t('today.why_AFTER_TEST_DRIVE', { when, car });
      return when ? t('today.why_AFTER_TEST_DRIVE_some', { when }) : t('today.why_AFTER_TEST_DRIVE_bare');
    case 'BEFORE_TEST_DRIVE':
      return when ? t('today.why_BEFORE_TEST_DRIVE', { when }) : t('today.why_BEFORE_TEST_DRIVE_bare');
    case 'APPOINTMENT':
      return when && daysBetween(now, String(facts['on'])) >= 0 ? t('today.why_APPOINTMENT', { when }) : t('today.why_APPOINTMENT_bare');
    case 'REVIVE':
      if (facts['because'] === 'ORDERED_ELSEWHERE') return t('today.why_REVIVE_ordered', { showroom: text(facts['showroom']) || t('common.unknown') });
      return when ? t('today.why_REVIVE', { when }) : t('today.why_REVIVE_bare');
    case 'PROMISE':
      return whyPromise(text(facts['text']) || t('common.unknown'));
    case 'DELIVERY':
      return car ? t('today.why_DELIVERY', { car }) : t('today.why_DELIVERY_bare');
    case 'LOSS_REFUSED':
      return facts['note'] ? t('today.why_LOSS_REFUSED', { by: text(facts['by']), note: text(facts['note']) }) : t('today.why_LOSS_REFUSED_bare');
    case 'PLANNED':
      return t('today.why_PLANNED_OTHER');
  }
}

/** "yesterday", "on Tue", "on 3 Nov": as one would say it of a day near or far. */
function day(on: unknown, now: number): string {
  if (typeof on !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(on)) return '';
  const away = Math.abs(daysBetween(now, on));
  return away <= 6 ? formatRelativeDay(on, now) : t('today.onDay', { day: formatDay(on, 'short') });
}

const text = (fact: unknown): string => (typeof fact === 'string' ? fact : '');
const levelWord = (level: Level): string => (level === 'NURTURE' ? t('words.levelNURTURE') : level);
