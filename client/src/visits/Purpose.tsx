import { t } from '../i18n';
import { store } from '../sync/store';
import { Card } from '../ui/Card';
import { ChipGroup } from '../ui/ChipGroup';
import { SegmentedControl } from '../ui/SegmentedControl';
import { tick } from '../clock';
import { errands, type Errand } from './form';
import { VisitLine } from './OpenVisits';
import type { FormProps } from './VisitScreen';
import { Asked } from './Answers';

/** Of a visit that was greeted: what it was. A buyer unless somebody says otherwise. */
export function Purpose({ form, set }: FormProps) {
  const visit = store.get('visits', form.visitId);
  const value = form.errand === null ? 'buyer' : 'other';
  return (
    <>
      {visit && <Card><VisitLine visit={visit} now={tick.value} /></Card>}
      <SegmentedControl label={t('visits.purpose')} value={value} onChange={(next) => set({ errand: next === 'buyer' ? null : 'OTHER' })}
        options={[{ value: 'buyer', label: t('visits.buyer') }, { value: 'other', label: t('words.visit_other') }]} />
      {form.errand !== null && (
        <Asked label={t('visits.errand')}>
          <ChipGroup<Errand> label={t('visits.errand')} value={form.errand} onChange={(errand) => errand && set({ errand })}
            options={errands.map((errand) => ({ value: errand, label: t(`visits.errand_${errand}`) }))} />
        </Asked>
      )}
    </>
  );
}
