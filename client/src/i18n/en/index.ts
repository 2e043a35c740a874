import { common } from './common';
import { words } from './words';
import { today } from './today';
import { visits } from './visits';
import { leads } from './leads';
import { lead } from './lead';
import { drives } from './drives';
import { refusals } from './refusals';
import { settings } from './settings';
import { desk } from './desk';
import { signIn } from './signIn';
import { problems } from './problems';

// A feature's words are in its own file; the Chinese ones beside them in ../zh.
export const en = {
  common,
  words,
  today,
  visits,
  leads,
  lead,
  drives,
  refusals,
  settings,
  desk,
  signIn,
  problems,
} as const;
