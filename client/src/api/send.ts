import { heardServer } from '../clock';
import type { TypedDocumentString } from './generated/graphql';

/**
 * What became of a request that brought no data. `network`: nothing is known, try again. `busy`: may pass, try again.
 * `rejected`: the server cannot read what was sent.
 */
export type Failure = 'network' | 'busy' | 'unauthenticated' | 'forbidden' | 'rejected';

export class SendError extends Error {
  constructor(
    readonly failure: Failure,
    readonly code: string,
    message = code,
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

export type Send = <R, V>(document: TypedDocumentString<R, V>, variables: V) => Promise<R>;

interface Answer {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';
const PATIENCE = 30_000;

/** What makes an entry, and not the way to the server, unreadable. Everything else may pass, and is tried again. */
const UNREADABLE = new Set([
  'BAD_VALUE', 'BAD_TEXT', 'BAD_REQUEST', 'BAD_JSON', 'BAD_ENCODING', 'OUT_OF_RANGE', 'TOO_MANY_VALUES', 'TOO_DEEP',
  'TOO_COSTLY', 'BODY_TOO_LARGE', 'BATCH_TOO_LARGE',
]);

type Reach = (path: string, init: RequestInit) => Promise<Response>;

/** Sends trusted documents by their hash (by their text while developing, or when the server has not seen the build). */
export function sender(fetch: Reach): Send {
  return async (document, variables) => {
    const id = document.__meta__?.['hash'] as string | undefined;
    if (id && import.meta.env.PROD) {
      try {
        return await post(fetch, { documentId: id, variables });
      } catch (error) {
        if (!(error instanceof SendError) || error.code !== 'DOCUMENT_NOT_FOUND') throw error;
      }
    }
    return post(fetch, { query: document.toString(), variables });
  };
}

export const send: Send = sender((path, init) => globalThis.fetch(path, init));

async function post<R>(fetch: Reach, body: unknown): Promise<R> {
  const response = await reach(fetch, body);
  const answer = await read(response);
  const [first] = answer.errors ?? [];
  if (first) throw failed(response.status, first.extensions?.code ?? '', first.message);
  if (!answer.data) throw failed(response.status, '', 'no data');
  return answer.data as R;
}

async function reach(fetch: Reach, body: unknown): Promise<Response> {
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: ACCEPT },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch (error) {
    throw new SendError('network', 'UNREACHABLE', String(error));
  }
}

/** A captive portal answers 200 with a page of its own: that is no answer at all. */
async function read(response: Response): Promise<Answer> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    const wait = Number(response.headers.get('retry-after')) || 0;
    throw new SendError('busy', `HTTP_${response.status}`, response.statusText, wait * 1000);
  }
  if (!type.includes('json')) throw new SendError('network', 'NOT_OURS', `answered with ${type || 'nothing'}`);
  try {
    const answer = (await response.json()) as Answer;
    // Before anything is sent: what was tapped under a wrong clock gets its right time.
    heardServer(Date.parse(response.headers.get('date') ?? ''));
    return answer;
  } catch (error) {
    throw new SendError('network', 'CUT_OFF', String(error));
  }
}

function failed(status: number, code: string, message: string): SendError {
  if (status === 401 || code === 'UNAUTHENTICATED') return new SendError('unauthenticated', code, message);
  if (code === 'FORBIDDEN') return new SendError('forbidden', code, message);
  if (UNREADABLE.has(code) || code === 'BAD_CURSOR') return new SendError('rejected', code, message);
  return new SendError('busy', code || `HTTP_${status}`, message);
}
