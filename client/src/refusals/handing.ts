import { logTouch } from '../follow_ups/mutators';
import { t } from '../i18n';
import { newId } from '../ids';
import { add, discard, store } from '../sync/store';
import { showToast } from '../ui/Toast';
import { asText, type Refused } from './words';

/** To the manager: a note on the lead, which they see, where there is one; else by the tablet's own way of sharing. */
export async function handOver(refused: Refused): Promise<void> {
  const leadId = leadOf(refused);
  if (!leadId) return share(asText(refused));
  const text = `${t('refusals.forManager')}\n${asText(refused)}`;
  await add(logTouch, { id: newId(), leadId, kind: 'NOTE', direction: 'OUT', text });
  await discard(refused.clientMutationId, 'HANDED_OVER');
  showToast({ text: t('refusals.handedOver') });
}

/** The lead that the entry is about, if this tablet has it. */
function leadOf({ variables }: Refused): string | null {
  const named = variables['leadId'];
  if (typeof named === 'string' && store.get('leads', named)) return named;
  const id = variables['id'];
  if (typeof id !== 'string') return null;
  const row = store.get('followUps', id) ?? store.get('testDrives', id) ?? store.get('lossApplications', id) ?? store.get('promises', id);
  return row && store.get('leads', row.leadId) ? row.leadId : null;
}

/** By the tablet's own way of sharing, or the clipboard. */
export async function share(text: string): Promise<void> {
  try {
    if (navigator.share) await navigator.share({ text });
    else {
      await navigator.clipboard.writeText(text);
      showToast({ text: t('refusals.copied') });
    }
  } catch {
    // The person closed the sheet of the system: nothing was shared, and nothing is lost.
  }
}
