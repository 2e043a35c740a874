import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { version } from '../../package.json';
import { serverAhead, tick } from '../clock';
import { formatAgo, formatNumber, t } from '../i18n';
import { paths } from '../routes';
import { kick, status } from '../sync/store';
import { Button } from '../ui/Button';
import { Card } from '../ui/Card';

/** This tablet: is what is on it safe, is it installed, when did it last hear from the server, what waits. */
export function Device() {
  const { storage, lastSyncedAt, waiting, refused, online } = status.value;
  const installed = useInstalled();
  return (
    <Card title={t('settings.device')} aside={<Button onClick={kick}>{t('settings.syncNow')}</Button>}>
      <dl class="facts">
        <Fact name={t('settings.network')} value={online ? t('settings.online') : t('common.offline')} />
        <Fact name={t('settings.lastSynced')} value={lastSyncedAt ? formatAgo(lastSyncedAt, Math.max(tick.value - serverAhead.value, lastSyncedAt)) : t('settings.never')} />
        <Fact name={t('settings.waits')} value={formatNumber(waiting)} />
        <Fact name={t('common.navRefusals')} value={refused > 0 ? <a href={paths.refusals()}>{t('common.syncRefused', { count: refused })}</a> : formatNumber(0)} />
        <Fact name={t('settings.storage')} value={t(`settings.storage_${storage}`)} />
        <Fact name={t('settings.installed')} value={installed ? t('common.yes') : t('settings.installHint')} />
        <Fact name={t('settings.version')} value={version} />
      </dl>
      <Install />
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: ComponentChildren }) {
  return (
    <div class="facts__one">
      <dt class="quiet">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function useInstalled(): boolean {
  const query = '(display-mode: standalone), (display-mode: fullscreen)';
  const [installed, setInstalled] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const look = () => setInstalled(media.matches);
    media.addEventListener('change', look);
    return () => media.removeEventListener('change', look);
  }, []);
  return installed;
}

interface InstallPrompt extends Event {
  prompt(): Promise<void>;
}

let offered: InstallPrompt | null = null;
addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault();
  offered = event as InstallPrompt;
});

/** Where the browser can install by itself, it is one tap. */
function Install() {
  const [can, setCan] = useState(offered !== null);
  useEffect(() => {
    const look = () => setCan(true);
    addEventListener('beforeinstallprompt', look);
    return () => removeEventListener('beforeinstallprompt', look);
  }, []);
  if (!can) return null;
  const install = () => (setCan(false), void offered?.prompt(), (offered = null));
  return <Button wide icon="plus" onClick={install}>{t('settings.install')}</Button>;
}
