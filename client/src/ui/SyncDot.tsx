import { formatNumber, t } from '../i18n';
import { classes } from './classes';

export interface SyncState {
  online: boolean;
  /** Entries that the server has not answered. */
  waiting: number;
  /** Entries in the tray: a person must act. */
  refused: number;
}

export type SyncLook = 'synced' | 'waiting' | 'offline' | 'refused';

/** A refusal outranks all, since only that needs a person. */
export function syncLook({ online, waiting, refused }: SyncState): SyncLook {
  if (refused > 0) return 'refused';
  if (!online) return 'offline';
  return waiting > 0 ? 'waiting' : 'synced';
}

export function syncSentence(state: SyncState): string {
  const look = syncLook(state);
  if (look === 'refused') return t('common.syncRefused', { count: state.refused });
  if (look === 'waiting') return t('common.syncWaiting', { count: state.waiting });
  if (look === 'synced') return t('common.syncSynced');
  return state.waiting > 0 ? t('common.syncOfflineWaiting', { count: state.waiting }) : t('common.syncOffline');
}

/** A small dot; a number only where something waits. The whole sentence is its name and its tip. */
export function SyncDot({ state, onClick }: { state: SyncState; onClick: () => void }) {
  const look = syncLook(state);
  const count = look === 'refused' ? state.refused : state.waiting;
  return (
    <button type="button" class={classes('sync', `sync--${look}`)} aria-label={syncSentence(state)} title={syncSentence(state)} onClick={onClick}>
      <span class="sync__dot" />
      {count > 0 && <span aria-hidden="true">{formatNumber(count)}</span>}
    </button>
  );
}
