// Which leads the list shows, and how many each chip would show. One pass over everything local.
import type { LeadStatus, Level } from '../model';
import { finder, type Found } from '../search';

export type Scope = 'mine' | 'all' | 'pool';

export interface Filters {
  /** null: mine, or all while one searches. */
  scope: Scope | null;
  overdue: boolean;
  levels: readonly Level[];
  /** Empty: what is not settled, or all while one searches. */
  statuses: readonly LeadStatus[];
  sources: readonly string[];
  models: readonly string[];
}

export const nothingChosen: Filters = { scope: null, overdue: false, levels: [], statuses: [], sources: [], models: [] };

export interface Sifted {
  rows: readonly Found[];
  counts: { scope: Record<Scope, number>; overdue: number; level: Map<string, number>; status: Map<string, number>; source: Map<string, number>; model: Map<string, number> };
}

export interface Asking {
  query: string;
  personId: string;
  /** What "mine" falls back to: a manager's list begins with all. */
  seesAll: boolean;
  /** ISO moment. */
  now: string;
}

const LIVE: readonly LeadStatus[] = ['OPEN', 'NOT_NOW'];

export const scopeOf = ({ scope }: Filters, { query, seesAll }: Pick<Asking, 'query' | 'seesAll'>): Scope => scope ?? (query.trim() || seesAll ? 'all' : 'mine');

/** A chip counts what it would show beside the other filters, so its own kind is left out. */
export function sift(all: readonly Found[], filters: Filters, asking: Asking): Sifted {
  const { query, personId, now } = asking;
  const scope = scopeOf(filters, asking);
  const statuses = filters.statuses.length ? filters.statuses : query.trim() ? null : LIVE;
  const fits = query.trim() ? finder(query) : () => true;
  const counts: Sifted['counts'] = { scope: { mine: 0, all: 0, pool: 0 }, overdue: 0, level: new Map(), status: new Map(), source: new Map(), model: new Map() };
  const rows: Found[] = [];
  for (const found of all) {
    if (!fits(found)) continue;
    const { lead, models } = found;
    const isMine = lead.ownerId === personId;
    const isLate = lead.nextStepAt !== null && lead.nextStepAt < now;
    // One bit for each kind of filter that it misses.
    const missed =
      bit(0, scope === 'mine' ? !isMine : scope === 'pool' && lead.ownerId !== null)
      | bit(1, filters.overdue && !isLate)
      | bit(2, filters.levels.length > 0 && !filters.levels.includes(lead.level))
      | bit(3, statuses !== null && !statuses.includes(lead.status))
      | bit(4, filters.sources.length > 0 && !filters.sources.includes(lead.sourceId ?? ''))
      | bit(5, filters.models.length > 0 && !models.some((model) => filters.models.includes(model)));
    if (missed & (missed - 1)) continue;
    if (missed === 0) rows.push(found);
    const counted = (kind: number) => missed === 0 || missed === 1 << kind;
    if (counted(0)) {
      counts.scope.all += 1;
      if (isMine) counts.scope.mine += 1;
      if (lead.ownerId === null) counts.scope.pool += 1;
    }
    if (counted(1) && isLate) counts.overdue += 1;
    if (counted(2)) more(counts.level, lead.level);
    if (counted(3)) more(counts.status, lead.status);
    if (counted(4) && lead.sourceId) more(counts.source, lead.sourceId);
    if (counted(5)) for (const model of models) more(counts.model, model);
  }
  return { rows, counts };
}

const bit = (kind: number, misses: boolean) => Number(misses) << kind;

const more = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
