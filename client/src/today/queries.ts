// The day's plan of one person: follow-ups, promises and test drives, in the order in which they want to be done.
import { dayOf } from '../i18n';
import type { FollowUpRow, LeadRow, PromiseRow, TestDriveRow } from '../model';
import { store } from '../sync/store';

interface Shared {
  id: string;
  leadId: string;
  customerId: string;
  /** When it is due; of what is done, when it was done. ISO moment. */
  at: string;
}

export type Line = Shared & ({ what: 'followUp'; row: FollowUpRow } | { what: 'promise'; row: PromiseRow } | { what: 'drive'; row: TestDriveRow });

export interface Plan {
  overdue: Line[];
  now: Line[];
  later: Line[];
  done: Line[];
  appointments: number;
}

const SOON = 60 * 60_000;
const DAY = 86_400_000;

/** Around today in every zone: what lies beyond need not be looked at by its local day. */
interface Near {
  from: string;
  to: string;
}

/** Overdue is what an earlier day has left; now, what is due until in an hour. */
export function planOf(personId: string, now: number): Plan {
  const today = dayOf(now);
  const near = { from: new Date(now - 2 * DAY).toISOString(), to: new Date(now + 2 * DAY).toISOString() };
  const lines = [...followUps(personId, today, near), ...promises(personId, today), ...drives(personId, today, near)];
  const open = lines.filter((line) => !isDone(line)).sort(byUrgency);
  const done = lines.filter(isDone).sort((a, b) => (a.at < b.at ? 1 : -1));
  const overdue = open.filter((line) => dayOf(line.at) < today);
  const rest = open.filter((line) => dayOf(line.at) >= today);
  return {
    overdue, done,
    now: rest.filter((line) => Date.parse(line.at) <= now + SOON),
    later: rest.filter((line) => Date.parse(line.at) > now + SOON),
    appointments: lines.filter(isAppointment).length,
  };
}

export function isDone({ what, row }: Line): boolean {
  if (what === 'followUp') return row.status === 'DONE';
  if (what === 'promise') return row.keptAt !== null;
  return row.status === 'RETURNED' || row.status === 'NO_SHOW';
}

export const isAppointment = ({ what, row }: Line): boolean => what === 'drive' || (what === 'followUp' && row.kind === 'APPOINTMENT');

function followUps(personId: string, today: string, near: Near): Line[] {
  const due = store.by('followUps', 'ownerId', personId).filter((row) => row.status === 'OPEN' && row.dueAt < near.to && dayOf(row.dueAt) <= today);
  const done = store.by('followUps', 'doneById', personId).filter((row) => row.status === 'DONE' && row.doneAt && row.doneAt > near.from && dayOf(row.doneAt) === today);
  return [...due, ...done].map((row) => ({ what: 'followUp', row, id: row.id, leadId: row.leadId, customerId: row.customerId, at: row.status === 'DONE' ? row.doneAt! : row.dueAt }));
}

function promises(personId: string, today: string): Line[] {
  const mine = store.all('promises').filter((row) => row.promisedById === personId || store.get('leads', row.leadId)?.ownerId === personId);
  const todays = mine.filter((row) => (row.keptAt ? row.keptById === personId && dayOf(row.keptAt) === today : row.dueAt && dayOf(row.dueAt) <= today));
  return todays.map((row) => ({ what: 'promise', row, id: row.id, leadId: row.leadId, customerId: row.customerId, at: row.keptAt ?? row.dueAt! }));
}

function drives(personId: string, today: string, near: Near): Line[] {
  const todays = store.all('testDrives').filter((row) => row.status !== 'CANCELLED' && row.startsAt > near.from && row.startsAt < near.to && dayOf(row.startsAt) === today);
  const mine = todays.filter((row) => row.bookedById === personId || store.get('leads', row.leadId)?.ownerId === personId);
  return mine.map((row) => ({ what: 'drive', row, id: row.id, leadId: row.leadId, customerId: row.customerId, at: row.returnedAt ?? row.startsAt }));
}

const warmth: Record<string, number> = { H: 0, A: 1, N: 2, B: 3, C: 4, NURTURE: 5, O: 2, D: 6, T: 6 };
const heat = (lead: LeadRow | undefined) => warmth[lead?.level ?? ''] ?? 9;

/** The longest overdue first; at the same time the hottest. */
function byUrgency(a: Line, b: Line): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return heat(store.get('leads', a.leadId)) - heat(store.get('leads', b.leadId)) || (a.id < b.id ? -1 : 1);
}
