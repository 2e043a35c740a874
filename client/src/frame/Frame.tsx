import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { t } from '../i18n';
import { sectionOf } from '../routes';
import { classes } from '../ui/classes';
import type { SyncState } from '../ui/SyncDot';
import { ToastHost } from '../ui/Toast';
import { Header } from './Header';
import { Navigation } from './Navigation';
import { PersonMenu, type Person } from './PersonMenu';
import { useFocusOnArrival } from './screen';

export interface FrameProps {
  person: Person;
  /** Managers see the desk. */
  desk?: boolean;
  sync: SyncState;
  /** What the dot opens: the tray if something was refused, else the settings. */
  onSync: () => void;
  /** Rows found on this device for what is typed in the header; nothing for an empty query. */
  results: (query: string) => ComponentChildren;
  /** Enter in the search. */
  onSearch: (query: string) => void;
  checkPin: (pin: string) => Promise<boolean>;
  onLock: () => void;
  onSignOut: () => void;
  onSwitchShowroom?: () => void;
  children: ComponentChildren;
}

/** Around every screen but sign-in: header, navigation, main, toasts. */
export function Frame({ children, desk = false, ...props }: FrameProps) {
  const [path] = useLocation();
  const [menu, setMenu] = useState(false);
  const [searching, setSearching] = useState(false);
  useFocusOnArrival(path);
  return (
    <div class={classes('frame', searching && 'frame--searching')}>
      <a class="skip" href="#main" onClick={skip}>{t('common.skipToContent')}</a>
      <Header {...props} searching={searching} setSearching={setSearching} onPerson={() => setMenu(true)} menuOpen={menu} />
      <Navigation section={sectionOf(path)} desk={desk} refused={props.sync.refused} menuOpen={menu} onMore={() => setMenu(true)} />
      <main class="frame__main" id="main" tabIndex={-1}>{children}</main>
      <ToastHost />
      <PersonMenu {...props} open={menu} desk={desk} refused={props.sync.refused} onClose={() => setMenu(false)} />
    </div>
  );
}

function skip(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
