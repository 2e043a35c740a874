// The customer is looking: one tap hides everybody else, prices of purchase and notes; the PIN brings them back.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';

const kept = 'forecourt.privacy';

/** `null`: nobody looks. Otherwise the id of the customer at hand, or '' if none. Survives a reload. */
export const privacy = signal<string | null>(stored());

export const isPrivate = () => privacy.value !== null;

export function enterPrivacy(customerId = ''): void {
  privacy.value = customerId;
  localStorage.setItem(kept, customerId);
}

/** Only after the PIN was right: see PrivacySwitch. */
export function leavePrivacy(): void {
  privacy.value = null;
  localStorage.removeItem(kept);
}

/** Whether rows of this customer are to be left out now. */
export function isHidden(customerId: string | null | undefined): boolean {
  return isPrivate() && (!customerId || customerId !== privacy.value);
}

/** Notes, purchase prices, other people's names: a grey bar of the same line while the customer looks. */
export function Veil({ children, of }: { children: ComponentChildren; of?: string | null }) {
  const hidden = of === undefined ? isPrivate() : isHidden(of);
  if (!hidden) return <>{children}</>;
  return <span class="veiled"><span class="only-read">{t('common.privacyHidden')}</span>&nbsp;</span>;
}

function stored(): string | null {
  return typeof localStorage === 'undefined' ? null : localStorage.getItem(kept);
}
