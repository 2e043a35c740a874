import type { ComponentChildren } from 'preact';
import { languageOf, t } from '../i18n';
import { Icon, type IconName } from './Icon';
import { Tag } from './Card';

export interface TimelineEvent {
  id: string;
  icon: IconName;
  title: string;
  /** Clock time, and who: "14:05", "Lin Yue". */
  time: string;
  who?: string;
  /** What was typed, whole. */
  text?: string;
  mine?: boolean;
  /** Not sent yet: shown as waiting. */
  waiting?: boolean;
  after?: ComponentChildren;
}

export interface TimelineDay {
  /** ISO day, the key. */
  day: string;
  /** "Today", "Sat 21 Nov". */
  label: string;
  events: readonly TimelineEvent[];
}

export function Timeline({ days }: { days: readonly TimelineDay[] }) {
  return (
    <div class="timeline">
      {days.map(({ day, label, events }) => (
        <section key={day}>
          <h3 class="timeline__day">{label}</h3>
          <ol>{events.map((event) => <TimelineItem key={event.id} event={event} />)}</ol>
        </section>
      ))}
    </div>
  );
}

function TimelineItem({ event }: { event: TimelineEvent }) {
  return (
    <li class="timeline__event" data-mine={event.mine || undefined} data-waiting={event.waiting || undefined}>
      <div class="timeline__mark"><Icon name={event.icon} size={18} /></div>
      <div>
        <div class="timeline__head">
          <span class="timeline__title">{event.title}</span>
          <span class="timeline__meta">{event.who ? `${event.who} · ${event.time}` : event.time}</span>
        </div>
        {event.text && <p class="timeline__text" lang={languageOf(event.text)}>{event.text}</p>}
        {event.waiting && <Tag tone="wait">{t('common.waiting')}</Tag>}
        {event.after}
      </div>
    </li>
  );
}
