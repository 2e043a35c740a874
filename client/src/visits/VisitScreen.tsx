import { useState } from 'preact/hooks';
import { useParams } from 'wouter-preact';
import { Page } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { t } from '../i18n';
import { paths } from '../routes';
import { store } from '../sync/store';
import { draft } from '../sync/drafts';
import { Answers } from './Answers';
import { Bar } from './Bar';
import { blank, keyOf, type VisitForm } from './form';
import { NumberPart } from './NumberPart';
import { OpenVisits } from './OpenVisits';
import { Purpose } from './Purpose';
import './visits.css';

/** A new visit, or one that was greeted and is completed now. Nothing here has to be saved: it is, as it is tapped. */
export default function VisitScreen() {
  const { id } = useParams<{ id?: string }>();
  const visit = store.get('visits', id);
  useScreen({ title: id ? t('visits.complete') : t('visits.title'), back: id ? paths.visit() : undefined });
  return <Visit key={id ?? 'new'} visitId={id} party={visit?.party ?? null} sourceId={visit?.sourceId ?? null} />;
}

function Visit({ visitId, party, sourceId }: { visitId?: string; party: VisitForm['party']; sourceId: string | null }) {
  const [, again] = useState(0);
  const form = draft<VisitForm>(keyOf(visitId), visitId ? { ...blank(visitId), party, sourceId } : blank());
  const set = (part: Partial<VisitForm>) => (form.value = { ...form.value, ...part });
  const given = { form: form.value, set };
  return (
    <Page wide>
      <div class="visit">
        <div class="visit__number stack">
          {visitId && <Purpose {...given} />}
          {form.value.errand === null && <NumberPart {...given} />}
        </div>
        <div class="visit__answers stack">
          <Answers {...given} />
        </div>
        <Bar {...given} visitId={visitId} onFiled={() => again((times) => times + 1)} />
      </div>
      {!visitId && <OpenVisits />}
    </Page>
  );
}

export interface FormProps {
  form: VisitForm;
  set: (part: Partial<VisitForm>) => void;
}
