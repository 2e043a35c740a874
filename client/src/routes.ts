// Every address of the app, in one place. Screens link with `paths.lead(id)`, never with a string of their own.
import { navigate } from 'wouter-preact/use-browser-location';

export const patterns = {
  today: '/today',
  visit: '/visits/new',
  visitOf: '/visits/:id',
  leads: '/leads',
  lead: '/leads/:id',
  drives: '/drives',
  drive: '/drives/:id',
  refusals: '/refusals',
  settings: '/settings',
  desk: '/desk',
  signIn: '/sign-in',
} as const;

export type RouteName = keyof typeof patterns;

export const paths = {
  today: () => '/today',
  visit: (id?: string) => (id ? `/visits/${id}` : '/visits/new'),
  leads: (search?: string) => (search ? `/leads?q=${encodeURIComponent(search)}` : '/leads'),
  lead: (id: string) => `/leads/${id}`,
  drives: (day?: string) => (day ? `/drives?day=${day}` : '/drives'),
  drive: (id: string) => `/drives/${id}`,
  refusals: () => '/refusals',
  settings: () => '/settings',
  desk: () => '/desk',
  signIn: () => '/sign-in',
};

/** The part of the navigation that an address belongs to. */
export type Section = 'today' | 'leads' | 'visit' | 'drives' | 'desk' | 'more';

export function sectionOf(path: string): Section {
  const first = path.split(/[/?#]/)[1] ?? '';
  if (first === '') return 'today';
  if (first === 'visits') return 'visit';
  return (['today', 'leads', 'drives', 'desk'] as const).find((section) => section === first) ?? 'more';
}

/** Goes to an address. From within an open sheet it takes the sheet's place in the history, so that Back skips it. */
export function go(path: string, { replace = false }: { replace?: boolean } = {}): void {
  const inSheet = !!(history.state as { sheet?: number } | null)?.sheet;
  navigate(path, { replace: replace || inSheet, state: null });
}
