import { useEffect } from 'preact/hooks';
import { useSignalEffect } from '@preact/signals';
import { currency, setLanguage, t, timeZone } from './i18n';
import { me, session } from './people/session';
import { fetchTheRest, LockScreen, SignInScreen } from './screens';
import { Shell } from './shell';
import { setTheme, theme, type Theme } from './ui/theme';
import { status } from './sync/status';
import { hideToast, notKept, ToastHost } from './ui/Toast';

/** Who is here decides what is shown: sign-in, the lock, or the showroom. */
export function App() {
  useSignalEffect(asTheyLikeIt);
  useSignalEffect(() => void (notKept.value = status.value.unkept > 0 ? t('settings.notKept') : null));
  useSignalEffect(silentOnceClosed);
  useEffect(fetchTheRest, []);
  switch (session.value.state) {
    case 'opening': return null;
    case 'signedOut': return <><SignInScreen /><ToastHost /></>;
    case 'locked': return <LockScreen />;
    case 'open': return <Shell />;
  }
}

/** What was said names customers: it goes with the store that it was said in. */
function silentOnceClosed(): void {
  if (session.value.state !== 'open') hideToast();
}

/** Language and appearance are the person's, time and money the showroom's. */
function asTheyLikeIt(): void {
  const mine = me.value;
  if (!mine) return;
  const here = mine.showrooms.find(({ id }) => id === mine.showroomId);
  if (here) [timeZone.value, currency.value] = [here.timeZone, here.currency];
  if (mine.language === 'en' || mine.language === 'zh-CN') void setLanguage(mine.language);
  const wanted = ({ SYSTEM: 'auto', LIGHT: 'light', DARK: 'dark' } as Record<string, Theme>)[mine.theme];
  if (wanted && wanted !== theme.peek()) setTheme(wanted);
}
