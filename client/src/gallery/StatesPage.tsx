import { Page } from '../frame/Page';
import { t } from '../i18n';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';
import { Veil } from '../ui/privacy';
import { EmptyState, ErrorState, Skeleton } from '../ui/States';
import { cast } from './cast';

export function StatesPage() {
  return (
    <Page>
      <Card><EmptyState icon="today" title={t('today.empty')} text={t('today.emptyText')} action={<Button kind="main" icon="plus">{t('visits.title')}</Button>} /></Card>
      <Card><ErrorState text={t('problems.SLOT_TAKEN')} onRetry={() => undefined} /></Card>
      <Card tone="bad" title={t('refusals.why')}><p>{t('problems.NO_LONGER_YOURS')}</p></Card>
      <Card tone="wait" title={t('common.waiting')}><p>{t('common.syncOfflineWaiting', { count: 3 })}</p></Card>
      <Card title={t('common.note')}><p><Veil>{cast()[0]!.why}</Veil></p></Card>
      <Card flush><Skeleton rows={3} /></Card>
    </Page>
  );
}
