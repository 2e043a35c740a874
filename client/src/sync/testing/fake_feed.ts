import { refusedWith, type FakeServer } from './fake_server';

type Row = { id: string } & Record<string, unknown>;

export interface Told {
  store: { clientId: string; lastSeq: number };
  personId: string;
  since: string;
  settled: number;
  after: string | null;
}

interface Cursor {
  epoch: number;
  view: number;
  number: number;
}

/** Every pointer after the cursor as this person may see its row now; a number is never split across pages. */
function changes(server: FakeServer, { store, personId, since, settled }: Told): object {
  const cursor = read<Cursor>(since);
  const { number, pointers, receipts, aliases } = server.state;
  const base = {
    rows: {}, removed: {}, cursor: since, hasMore: false, processedThrough: 0, verdicts: [], serverTime: new Date(server.now()).toISOString(), oldestClient: 1,
  };
  if (cursor.epoch === server.epoch && cursor.view !== viewOf(server, personId)) return { ...base, reset: 'VIEW_CHANGED' };
  if (cursor.epoch !== server.epoch || cursor.number > number) return { ...base, reset: 'SERVER_RESTORED' };
  const after = Object.entries(pointers).filter(([, at]) => at > cursor.number).sort((one, other) => one[1] - other[1]);
  const last = after[server.page - 1]?.[1] ?? number;
  const rows: Record<string, Row[]> = {};
  const removed: Record<string, { id: string; mergedInto?: string }[]> = {};
  for (const [key] of after.filter(([, at]) => at <= last)) {
    const [collection, id] = key.split(':') as [string, string];
    const row = server.state.rows[collection]?.[id];
    if (row && server.sees(personId, collection, row)) (rows[collection] ??= []).push(row);
    else (removed[collection] ??= []).push(aliases[id] ? { id, mergedInto: aliases[id] } : { id });
  }
  const verdicts = Object.values(receipts)
    .filter((receipt) => receipt.clientId === store.clientId && receipt.clientSeq > settled)
    .map(({ clientSeq, clientMutationId, outcome, problems }) => ({ clientSeq, clientMutationId, outcome, problems, aliases: [] }));
  const hasMore = after.some(([, at]) => at > last);
  return {
    ...base, rows, removed, verdicts, hasMore, reset: null, processedThrough: store.lastSeq,
    cursor: JSON.stringify({ ...cursor, number: hasMore ? last : number }),
  };
}

/** Everything in pages by key, with the cursor of the first. */
function snapshot(server: FakeServer, { personId, after }: Told): object {
  const place = after
    ? read<Cursor & { from: string }>(after)
    : { epoch: server.epoch, view: viewOf(server, personId), number: server.state.number, from: '' };
  if (place.view !== viewOf(server, personId) || place.epoch !== server.epoch) throw refusedWith('BAD_CURSOR');
  const all = Object.entries(server.visibleTo(personId))
    .flatMap(([collection, rows]) => Object.values(rows).map((row) => ({ key: `${collection}:${row.id}`, collection, row })))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  const rest = all.filter(({ key }) => key > place.from);
  const page = rest.slice(0, server.page);
  const rows: Record<string, Row[]> = {};
  for (const { collection, row } of page) (rows[collection] ??= []).push(row);
  return {
    rows,
    cursor: JSON.stringify({ epoch: place.epoch, view: place.view, number: place.number }),
    next: rest.length > page.length ? JSON.stringify({ ...place, from: page.at(-1)!.key }) : null,
    total: all.length,
    serverTime: new Date(server.now()).toISOString(),
  };
}

const viewOf = (server: FakeServer, personId: string): number => server.views[personId] ?? 0;

function read<T>(text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw refusedWith('BAD_CURSOR');
  }
}

export const FEED = { changes, snapshot };
