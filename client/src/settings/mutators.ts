import type { UpdateMySettingsInput } from '../api/generated/graphql';
import { defineMutator, type VariablesOf } from '../sync/mutator';

export const updateMySettings = defineMutator<VariablesOf<UpdateMySettingsInput>>({
  name: 'updateMySettings',
  show(draft, { language, theme }, at) {
    draft.patch('people', at.me, { ...(language ? { language } : {}), ...(theme ? { theme } : {}) });
  },
});
