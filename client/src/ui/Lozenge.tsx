import { t, type Key } from '../i18n';
import { classes } from './classes';

export const levels = ['N', 'H', 'A', 'B', 'C', 'NURTURE', 'O', 'D', 'T'] as const;
export type Level = (typeof levels)[number];

/** "Level H: will order within 7 days", as it is read aloud. */
export function levelName(level: Level): string {
  const short = level === 'NURTURE' ? t('words.levelNURTURE') : level;
  return t('words.levelSaid', { level: short, meaning: levelMeaning(level) });
}

export function levelMeaning(level: Level): string {
  return t(`words.level_${level}` satisfies Key);
}

/** The level of a lead: the hotter, the more filled; squares once there is an order. `silent` where a text beside says it. */
export function Lozenge({ level, small, silent }: { level: Level; small?: boolean; silent?: boolean }) {
  const letter = level === 'NURTURE' ? 'Nu' : level;
  return (
    <svg class={classes('lozenge', `lozenge--${level}`, small && 'lozenge--small')} viewBox="0 0 40 40"
      role={silent ? undefined : 'img'} aria-label={silent ? undefined : levelName(level)} aria-hidden={silent || undefined}>
      <Shape level={level} />
      <text class={classes('lozenge__letter', letter.length > 1 && 'lozenge__letter--two')} x="20" y="20.5">{letter}</text>
      {level === 'T' && <path d="M9 31L31 9" stroke="currentColor" stroke-width="2" stroke-linecap="round" />}
    </svg>
  );
}

function Shape({ level }: { level: Level }) {
  const ordered = level === 'O' || level === 'D' || level === 'T';
  return ordered
    ? <rect class="lozenge__shape" x="5" y="5" width="30" height="30" rx="8" />
    : <rect class="lozenge__shape" x="7" y="7" width="26" height="26" rx="6.5" transform="rotate(45 20 20)" />;
}
