import { effect } from '@preact/signals';
import { expect, test } from 'vitest';

import type { Collections } from '../model';
import type { Entry } from './entry';
import { defineMutator } from './mutator';
import { Truth } from './truth';
import { Visible } from './visible';

// Found by a storm: a lead was seen as it had been, and its next step as it had become (I22 on the screen).
test('whoever reads several collections sees all of them of one moment, also who waits', () => {
  defineMutator({
    name: 'leadWithStep',
    show(draft) {
      draft.put('leads', { id: 'lead' } as Collections['leads']);
      draft.put('followUps', { id: 'step', leadId: 'lead' } as Collections['followUps']);
    },
  });
  const visible = new Visible(new Truth());
  const seen: string[] = [];
  const stop = effect(() => {
    const waits = visible.isWaiting('lead');
    seen.push(`${visible.all('leads').length} lead, ${visible.by('followUps', 'leadId', 'lead').length} step, ${waits ? 'waits' : 'nothing waits'}`);
  });
  const entry = { verb: 'leadWithStep', version: 1, variables: {}, clientMutationId: '' } as unknown as Entry;
  visible.append(entry);
  visible.rebuild([]);
  visible.rebuild([entry]);
  stop();
  const nothing = '0 lead, 0 step, nothing waits';
  const both = '1 lead, 1 step, waits';
  expect(seen).toEqual([nothing, both, nothing, both]);
});
