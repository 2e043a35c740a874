// Every screen, fetched when it is first asked for; the service worker has them all, so that this never waits for a network.
import type { ComponentType, FunctionComponent } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { Redirect, Route, Switch, useLocation } from 'wouter-preact';
import { Page } from './frame/Page';
import { t } from './i18n';
import { me } from './people/session';
import { paths, patterns, sectionOf, type Section } from './routes';
import { ErrorState, Skeleton } from './ui/States';

type Load = () => Promise<{ default: ComponentType }>;

function later(load: Load): FunctionComponent & { load: Load } {
  let known: ComponentType | undefined;
  const fetched: Load = async () => {
    const module = await load();
    known = module.default;
    return module;
  };
  return Object.assign(() => <Later known={known} load={fetched} />, { load: fetched });
}

function Later({ known, load }: { known?: ComponentType; load: Load }) {
  const [Screen, setScreen] = useState<ComponentType | undefined>(() => known);
  const [failed, setFailed] = useState(0);
  useEffect(() => {
    if (!Screen) load().then((module) => setScreen(() => module.default), () => setFailed((times) => times + 1));
  }, [failed]);
  if (Screen) return <Screen />;
  if (failed > 2) return <Page><ErrorState text={t('common.offline')} onRetry={() => location.reload()} /></Page>;
  return <Page flush><Skeleton rows={6} /></Page>;
}

const screens = {
  today: later(() => import('./today/TodayScreen')),
  visit: later(() => import('./visits/VisitScreen')),
  leads: later(() => import('./leads/LeadsScreen')),
  drives: later(() => import('./drives/DrivesScreen')),
  refusals: later(() => import('./refusals/RefusalsScreen')),
  settings: later(() => import('./settings/SettingsScreen')),
  desk: later(() => import('./desk/DeskScreen')),
};

const sections: Partial<Record<Section, keyof typeof screens>> = { today: 'today', visit: 'visit', leads: 'leads', drives: 'drives', desk: 'desk' };

/** The code of the screen of an address, fetched while the store is being opened: one wait less in a row. */
export function fetchScreen(path: string): void {
  const name = sections[sectionOf(path)];
  if (name) void screens[name].load().catch(() => undefined);
}

export const SignInScreen = later(() => import('./sign_in/SignInScreen'));
export const LockScreen = later(() => import('./sign_in/LockScreen'));

/** After the first screen stands, the others are fetched, so that no tap waits. */
export function fetchTheRest(): void {
  const idle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 1_000));
  idle(() => {
    for (const screen of [...Object.values(screens), LockScreen]) void screen.load().catch(() => undefined);
  });
}

const places = new Map<string, number>();
let back = false;
addEventListener('popstate', () => (back = true));

/** A new screen begins at its top; Back finds the place again. */
function usePlace(path: string): void {
  useLayoutEffect(() => {
    const main = document.getElementById('main');
    if (!main) return;
    main.scrollTop = back ? (places.get(path) ?? 0) : 0;
    back = false;
    const remember = () => places.set(path, main.scrollTop);
    main.addEventListener('scroll', remember, { passive: true });
    return () => main.removeEventListener('scroll', remember);
  }, [path]);
}

export function Screens() {
  usePlace(useLocation()[0]);
  const desk = me.value?.isManager;
  return (
    <Switch>
      <Route path={patterns.today}><screens.today /></Route>
      <Route path={patterns.visit}><screens.visit /></Route>
      <Route path={patterns.visitOf}><screens.visit /></Route>
      <Route path="/leads/:id?"><screens.leads /></Route>
      <Route path="/drives/:id?"><screens.drives /></Route>
      <Route path={patterns.refusals}><screens.refusals /></Route>
      <Route path={patterns.settings}><screens.settings /></Route>
      {desk && <Route path={patterns.desk}><screens.desk /></Route>}
      <Route><Redirect to={paths.today()} replace /></Route>
    </Switch>
  );
}
