import { t } from '../i18n';
import type { Car, LeadRow } from '../model';
import { draft } from '../sync/drafts';
import { add, store } from '../sync/store';
import { Button, IconButton } from '../ui/Button';
import { Chip } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { changeRivals, changeWanted } from './mutators';
import { carName } from './queries';
import { plainCars } from './touching';

const empty = { make: '', model: '', trim: '', color: '' };

/** Wanted cars and rivals; every change is kept as it is made. */
export function CarsSheet({ lead, open, onClose }: { lead: LeadRow; open: boolean; onClose: () => void }) {
  const form = draft(`cars:${lead.id}`, empty);
  const set = (part: Partial<typeof empty>) => (form.value = { ...form.value, ...part });
  const typed = form.value.make.trim() !== '' && form.value.model.trim() !== '';
  const keep = (kind: 'wanted' | 'rivals', cars: Car[]) => void (kind === 'wanted' ? add(changeWanted, { leadId: lead.id, wanted: cars, seen: lead.wanted }) : add(changeRivals, { leadId: lead.id, rivals: cars, seen: lead.rivals }));
  const addTo = (kind: 'wanted' | 'rivals') => {
    keep(kind, [...lead[kind], ...plainCars([form.value])]);
    form.value = empty;
  };
  return (
    <Sheet open={open} title={t('lead.carsTitle')} onClose={onClose}
      footer={<><Button kind="main" disabled={!typed} onClick={() => addTo('wanted')}>{t('lead.addWanted')}</Button><Button disabled={!typed} onClick={() => addTo('rivals')}>{t('lead.addRival')}</Button></>}>
      <div class="stack">
        {(['wanted', 'rivals'] as const).map((kind) => lead[kind].length > 0 && (
          <section key={kind}>
            <h3>{t(`lead.${kind}`)}</h3>
            <ul class="cars">
              {lead[kind].map((car, index) => (
                <li key={`${index} ${carName(car)}`} class="line line--keep">
                  <span class="cars__name">{carName(car)}</span>
                  <IconButton label={t('lead.removeCar', { car: carName(car) })} icon="close" onClick={() => keep(kind, lead[kind].filter((_, at) => at !== index))} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        <section class="stack stack--tight">
          <h3>{t('lead.fromStock')}</h3>
          <div class="chips">
            {models().map(({ make, model }) => <Chip key={`${make} ${model}`} label={model} pressed={form.value.make === make && form.value.model === model} onClick={() => set({ make, model })} />)}
          </div>
        </section>
        <Field label={t('lead.carMake')} value={form.value.make} maxlength={60} onInput={(make) => set({ make })} />
        <Field label={t('lead.carModel')} value={form.value.model} maxlength={80} onInput={(model) => set({ model })} />
        <Field label={t('lead.carTrim')} optional value={form.value.trim} maxlength={120} onInput={(trim) => set({ trim })} />
        <Field label={t('lead.carColor')} optional value={form.value.color} maxlength={60} onInput={(color) => set({ color })} />
      </div>
    </Sheet>
  );
}

function models(): { make: string; model: string }[] {
  const counted = new Map<string, { make: string; model: string; count: number }>();
  for (const { make, model, condition } of store.all('vehicles')) {
    if (condition !== 'NEW' || !model) continue;
    const known = counted.get(`${make} ${model}`) ?? { make, model, count: 0 };
    known.count += 1;
    counted.set(`${make} ${model}`, known);
  }
  return [...counted.values()].sort((a, b) => b.count - a.count).slice(0, 12);
}
