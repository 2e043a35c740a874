import { Page } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { t } from '../i18n';
import { tray } from '../sync/store';
import { isPrivate } from '../ui/privacy';
import { EmptyState } from '../ui/States';
import { RefusedCard } from './RefusedCard';
import './refusals.css';

/** Needs you: what the server could not take as it was, with everything that was typed. Nothing leaves here by itself. */
export default function RefusalsScreen() {
  useScreen({ title: t('refusals.title') });
  const waiting = [...tray.value].sort((one, other) => (one.at < other.at ? 1 : -1));
  if (isPrivate()) return <Page><EmptyState icon="eyeOff" title={t('common.privacyHidden')} /></Page>;
  if (waiting.length === 0) return <Page><EmptyState icon="tray" title={t('refusals.empty')} text={t('refusals.emptyText')} /></Page>;
  return <Page>{waiting.map((refused) => <RefusedCard key={refused.clientMutationId} refused={refused} />)}</Page>;
}
