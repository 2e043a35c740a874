import type { ChangeRivalsInput, ChangeStageInput, ChangeWantedInput } from '../api/generated/graphql';
import { defineMutator, type VariablesOf } from '../sync/mutator';
import { mergedCars } from './touching';

export const changeStage = defineMutator<VariablesOf<ChangeStageInput>>({
  name: 'changeStage',
  show(draft, { leadId, stage }) {
    draft.patch('leads', leadId, { stage });
  },
});

export const changeWanted = defineMutator<VariablesOf<ChangeWantedInput>>({
  name: 'changeWanted',
  show(draft, { leadId, wanted, seen }) {
    const lead = draft.get('leads', leadId);
    if (lead) draft.patch('leads', leadId, { wanted: mergedCars(lead.wanted, seen, wanted) });
  },
});

export const changeRivals = defineMutator<VariablesOf<ChangeRivalsInput>>({
  name: 'changeRivals',
  show(draft, { leadId, rivals, seen }) {
    const lead = draft.get('leads', leadId);
    if (lead) draft.patch('leads', leadId, { rivals: mergedCars(lead.rivals, seen, rivals) });
  },
});
