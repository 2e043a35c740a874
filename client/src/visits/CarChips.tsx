import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Car } from '../model';
import { Chip, Chips } from '../ui/ChipGroup';
import { SearchBox } from '../ui/SearchBox';
import { modelsByDemand, type Model } from './queries';

const SHOWN = 6;

interface CarChipsProps {
  wanted: readonly Car[];
  onChange: (wanted: Car[]) => void;
}

/** The models most asked for; the others by typing. Several may be wanted. */
export function CarChips({ wanted, onChange }: CarChipsProps) {
  const [query, setQuery] = useState<string | null>(null);
  const search = useRef<HTMLDivElement>(null);
  const searching = query !== null;
  useLayoutEffect(() => search.current?.querySelector('input')?.focus(), [searching]);
  const models = modelsByDemand();
  const shown = offered(models, wanted);
  const byKey = new Map(shown.map((model) => [keyOf(model), model]));
  const pick = (keys: string[]) => onChange(keys.map((key) => carOf(wanted, byKey.get(key)!)));
  const add = (car: Car) => (onChange([...wanted.filter((other) => keyOf(other) !== keyOf(car)), car]), setQuery(null));
  return (
    <>
      <Chips label={t('visits.car')} values={wanted.map(keyOf)} onChange={pick}
        options={shown.map((model) => ({ value: keyOf(model), label: model.model || model.make }))}
        after={query === null ? <Chip label={t('visits.carSearch')} icon="search" onClick={() => setQuery('')} /> : undefined} />
      {query !== null && (
        <div ref={search} class="stack stack--tight">
          <SearchBox label={t('visits.carSearch')} value={query} onInput={setQuery} onEscape={() => setQuery(null)} onEnter={() => query.trim() && add(first(models, query))} />
          <div class="chips">
            {found(models, query).map((model) => <Chip key={keyOf(model)} label={`${model.make} ${model.model}`} onClick={() => add({ make: model.make, model: model.model })} />)}
            {query.trim() && <Chip label={t('visits.carTyped', { car: query.trim() })} icon="plus" onClick={() => add({ make: query.trim(), model: '' })} />}
          </div>
        </div>
      )}
    </>
  );
}

const keyOf = ({ make, model }: Pick<Car, 'make' | 'model'>): string => `${make} ${model}`;

function offered(models: readonly Model[], wanted: readonly Car[]): Pick<Model, 'make' | 'model'>[] {
  const frequent = models.slice(0, SHOWN);
  const others = wanted.filter((car) => !frequent.some((model) => keyOf(model) === keyOf(car)));
  return [...frequent, ...others];
}

const carOf = (wanted: readonly Car[], { make, model }: Pick<Model, 'make' | 'model'>): Car =>
  wanted.find((car) => keyOf(car) === keyOf({ make, model })) ?? { make, model };

function found(models: readonly Model[], query: string): Model[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return models.filter((model) => words.every((word) => keyOf(model).toLowerCase().includes(word))).slice(0, 12);
}

function first(models: readonly Model[], query: string): Car {
  const [model] = found(models, query);
  return model ? { make: model.make, model: model.model } : { make: query.trim(), model: '' };
}
