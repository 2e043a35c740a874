import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useParams, useSearch } from 'wouter-preact';
import { isWide, useScreen } from '../frame/screen';
import { TwoPane } from '../frame/TwoPane';
import { t } from '../i18n';
import { paths } from '../routes';
import { store } from '../sync/store';
import { EmptyState } from '../ui/States';
import { LeadDetail } from './LeadDetail';
import { LeadList } from './LeadList';
import { query } from './listing';
import { nameOf } from './queries';
import './leads.css';

/** One screen for /leads and /leads/:id, so that the list keeps its place while details change. */
export default function LeadsScreen() {
  const { id } = useParams<{ id?: string }>();
  const asked = new URLSearchParams(useSearch()).get('q');
  useLayoutEffect(() => {
    if (asked !== null) query.value = asked;
  }, [asked]);
  const chosen = store.get('leads', id);
  const wide = useWide();
  const alone = id && !wide;
  useScreen(alone ? { title: chosen ? nameOf(store.get('customers', chosen.customerId)) : t('lead.title'), back: paths.leads() } : { title: t('leads.title') });
  useEffect(() => {
    if (id) document.querySelector('.panes__detail')?.scrollTo({ top: 0 });
  }, [id]);
  return (
    <TwoPane listLabel={t('leads.title')} detailLabel={t('lead.title')} list={<LeadList selected={id ?? null} />}
      detail={id ? <LeadDetail key={id} id={id} /> : null}
      empty={<EmptyState icon="leads" title={t('leads.choose')} text={t('leads.chooseText')} />} />
  );
}

/** A tablet may be turned while one reads. */
function useWide(): boolean {
  const [wide, setWide] = useState(isWide);
  useEffect(() => {
    const look = () => setWide(isWide());
    addEventListener('resize', look);
    return () => removeEventListener('resize', look);
  }, []);
  return wide;
}
