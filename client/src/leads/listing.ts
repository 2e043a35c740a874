// What the list is asked for. Kept while one is on other screens.
import { signal } from '@preact/signals';
import { nothingChosen, type Filters } from './filters';

export const query = signal('');
export const filters = signal<Filters>(nothingChosen);
/** How many leads are shown behind the "more filters" chip as chosen. */
export const chosenIn = ({ statuses, sources, models }: Filters): number => statuses.length + sources.length + models.length;
