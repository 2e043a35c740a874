import { t } from '../i18n';
import type { SlotFault } from './slots';

/** Why a slot cannot be, before the server is asked. */
export function sentenceOf(fault: SlotFault): string {
  switch (fault) {
    case 'SLOT_TAKEN': return t('problems.SLOT_TAKEN');
    case 'SLOT_INVALID': return t('drives.tooShortOrLong');
    case 'IN_THE_PAST': return t('problems.IN_THE_PAST');
    case 'TOO_FAR_AHEAD': return t('drives.tooFar');
    case 'OUTSIDE_OPENING_HOURS': return t('problems.OUTSIDE_OPENING_HOURS');
  }
}
