import type { Exchange } from './attack.ts';

export interface Sending {
  readonly url: string;
  /** Whose request it is, for the report. */
  readonly as: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body: string | object;
}

/** Nothing that is sent may stay without an answer for longer. */
const patience = 20_000;

/** Sends one request and keeps what came back. Headers are not kept: they hold tokens. */
export async function exchange({ url, as, headers = {}, method = 'POST', body }: Sending): Promise<Exchange> {
  const sent = typeof body === 'string' ? body : JSON.stringify(body);
  const startedAt = performance.now();
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(method !== 'GET' && { body: sent }),
    signal: AbortSignal.timeout(patience),
  });
  const answer = await response.text();
  return { as, sent, status: response.status, answer, milliseconds: performance.now() - startedAt };
}

interface GraphqlBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly errorType?: string; readonly message?: string }[];
}

/** An answer as GraphQL; what is not JSON answers neither data nor errors. */
export function readAnswer({ answer }: Exchange): GraphqlBody {
  try {
    return JSON.parse(answer) as GraphqlBody;
  } catch {
    return {};
  }
}

/** Whether nothing was given: no data, or only nulls. */
export function gaveNothing(exchange_: Exchange): boolean {
  const { data } = readAnswer(exchange_);
  return data === undefined || data === null || Object.values(data).every((value) => value === null);
}

export function errorTypes(exchange_: Exchange): string[] {
  return (readAnswer(exchange_).errors ?? []).map(({ errorType }) => errorType ?? '');
}
