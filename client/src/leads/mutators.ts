import type { ChangeRivalsInput, ChangeStageInput, ChangeWantedInput } from '../api/generated/graphql';
import { defineMutator, type VariablesOf } from '../sync/mutator';
import { plainCars } from './touching';

export const changeStage = defineMutator<VariablesOf<ChangeStageInput>>({
  name: 'changeStage',
  show(draft, { leadId, stage }) {
    draft.patch('leads', leadId, { stage });
  },
});

export const changeWanted = defineMutator<VariablesOf<ChangeWantedInput>>({
  name: 'changeWanted',
  show(draft, { leadId, wanted }) {
    draft.patch('leads', leadId, { wanted: plainCars(wanted) });
  },
});

export const changeRivals = defineMutator<VariablesOf<ChangeRivalsInput>>({
  name: 'changeRivals',
  show(draft, { leadId, rivals }) {
    draft.patch('leads', leadId, { rivals: plainCars(rivals) });
  },
});
