import { t } from '../i18n';
import { newId } from '../ids';
import type { Channel, Purpose } from '../model';
import { draft } from '../sync/drafts';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { ChipGroup } from '../ui/ChipGroup';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { showToast } from '../ui/Toast';
import { giveConsent, withdrawConsent } from './mutators';

const CHANNELS: readonly Channel[] = ['CALL', 'MESSAGE', 'EMAIL', 'POST'];
const PURPOSES: readonly Purpose[] = ['DEAL', 'MARKETING'];
const SOURCES = ['TABLET', 'PHONE', 'PAPER'] as const;
/** The version of the words that are read out. */
const WORDING = '2026-11';
const empty = { channel: null as Channel | null, purpose: null as Purpose | null, source: null as string | null, proof: '' };

/** Nothing is chosen beforehand: a yes is said, and so is a no. */
export function ConsentSheet({ customerId, open, onClose }: { customerId: string; open: boolean; onClose: () => void }) {
  const key = `consent:${customerId}`;
  const form = draft(key, empty);
  const { channel, purpose, source, proof } = form.value;
  const set = (part: Partial<typeof empty>) => (form.value = { ...form.value, ...part });
  const ready = channel && purpose && source;
  const say = (given: boolean) => {
    onClose();
    void record(given, { customerId, channel: channel!, purpose: purpose!, source: source!, proof, key });
  };
  return (
    <Sheet open={open} title={t('lead.consentTitle')} onClose={onClose}
      footer={<><Button disabled={!ready} onClick={() => say(false)}>{t('lead.consentWithdraw')}</Button><Button kind="main" disabled={!ready} onClick={() => say(true)}>{t('lead.consentGive')}</Button></>}>
      <div class="stack">
        <p class="quiet">{t('lead.consentText')}</p>
        <h3>{t('lead.consentChannel')}</h3>
        <ChipGroup label={t('lead.consentChannel')} value={channel} clearable onChange={(next) => set({ channel: next })} options={CHANNELS.map((value) => ({ value, label: t(`lead.channel_${value}`) }))} />
        <h3>{t('lead.consentPurpose')}</h3>
        <ChipGroup label={t('lead.consentPurpose')} value={purpose} clearable onChange={(next) => set({ purpose: next })} options={PURPOSES.map((value) => ({ value, label: t(`lead.purpose_${value}`) }))} />
        <h3>{t('lead.consentSource')}</h3>
        <ChipGroup label={t('lead.consentSource')} value={source} clearable onChange={(next) => set({ source: next })} options={SOURCES.map((value) => ({ value: value as string, label: t(`lead.source_${value}`) }))} />
        <Field label={t('lead.consentProof')} kind="textarea" optional value={proof} maxlength={10_000} onInput={(next) => set({ proof: next })} />
      </div>
    </Sheet>
  );
}

async function record(given: boolean, { key, ...said }: { customerId: string; channel: Channel; purpose: Purpose; source: string; proof: string; key: string }): Promise<void> {
  const words = { id: newId(), wording: WORDING, ...said };
  const handle = await (given ? add(giveConsent, words, { draft: key, hold: true }) : add(withdrawConsent, words, { draft: key, hold: true }));
  showToast({ text: t(given ? 'lead.consentGiven' : 'lead.consentWithdrawn'), undo: () => void handle.undo() });
}
