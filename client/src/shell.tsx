import { useEffect, useState } from 'preact/hooks';
import { Frame } from './frame/Frame';
import { say, t } from './i18n';
import { checkPin, lock, me } from './people/session';
import { go, paths } from './routes';
import { Screens } from './screens';
import { Found } from './found';
import { Notices } from './settings/Notices';
import { ShowroomSheet } from './settings/ShowroomSheet';
import { SignOutSheet } from './settings/SignOutSheet';
import { status } from './sync/store';
import { showToast } from './ui/Toast';

let arrived = false;

/** The frame with everything that it needs of the person, the network and the store. */
export function Shell() {
  const mine = me.value!;
  const { online, waiting, refused } = status.value;
  const [asks, setAsks] = useState<'signOut' | 'showroom' | null>(null);
  useEffect(startAtTheDesk, []);
  const role = mine.roles.find(({ showroomId }) => showroomId === mine.showroomId)?.role ?? '';
  const showroom = mine.showrooms.find(({ id }) => id === mine.showroomId)?.name ?? '';
  return (
    <>
      <Frame person={{ name: mine.name, role: say(`words.role_${role.toLowerCase()}`), showroom }} desk={mine.isManager} sync={{ online, waiting, refused }}
        onSync={() => go(refused > 0 ? paths.refusals() : paths.settings())} results={(query) => <Found query={query} />} onSearch={(query) => go(paths.leads(query))}
        checkPin={checkPin} onLock={lockUp} onSignOut={() => setAsks('signOut')}
        onSwitchShowroom={mine.showrooms.length > 1 ? () => setAsks('showroom') : undefined}>
        <Notices />
        <Screens />
      </Frame>
      <SignOutSheet open={asks === 'signOut'} onClose={() => setAsks(null)} />
      <ShowroomSheet open={asks === 'showroom'} onClose={() => setAsks(null)} />
    </>
  );
}

/** A manager's day begins on the floor. Once: "Today" leads to today. */
function startAtTheDesk(): void {
  if (!arrived && me.peek()?.isManager && location.pathname === '/') go(paths.desk(), { replace: true });
  arrived = true;
}

/** Without a PIN there is nothing to open again with. */
function lockUp(): void {
  if (me.peek()?.hasPin) return void lock();
  go(paths.settings());
  showToast({ text: t('settings.pinFirst') });
}
