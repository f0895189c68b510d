import { type Authorize, isMutation, type Renew, type TypedDocument } from './document.ts';
import { ApiError, type GraphqlErrorBody, SignedOutError, toApiError, UnreachableError } from './errors.ts';
import { retryDelay } from './retry.ts';

export interface GraphqlClientOptions {
  readonly url: string;
  readonly authorize: Authorize;
  /**
   * Asked when the API denies the authorization, before that is taken for the session's end: gets another, upon which the request is sent
   * again once, or throws why there is none.
   */
  readonly renew?: Renew;
  readonly fetch?: typeof globalThis.fetch;
  readonly random?: () => number;
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** For a mutation that carries a client token: it may be sent again when no answer came. */
  readonly repeatable?: boolean;
}

export interface GraphqlClient {
  /** Answers the data. Throws ApiError and its kinds (errors.ts), after such retries as do no harm. */
  request<Result, Variables extends object>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
}

/** Queries and mutations of one API. */
export function createGraphqlClient(options: GraphqlClientOptions): GraphqlClient {
  const { url, authorize, renew, fetch = globalThis.fetch.bind(globalThis), random = Math.random } = options;
  const { sleep = pause } = options;

  async function send<Result>(query: string, variables: object, signal: AbortSignal | undefined): Promise<Result> {
    const headers = { 'content-type': 'application/json', ...(await authorize()) };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(url, { method: 'POST', headers, body, ...(signal && { signal }) }).catch(
      (cause: unknown) => {
        if (signal?.aborted) throw cause;
        throw new UnreachableError(url, cause);
      },
    );
    const requestId = response.headers.get('x-amzn-requestid') ?? undefined;
    const answer = await readAnswer<Result>(response);
    const [error] = answer.errors ?? [];
    if (error) throw toApiError(error, response.status, requestId);
    if (answer.data === undefined || answer.data === null || !response.ok)
      throw new ApiError(`The API answered ${response.status} without data`, `Http${response.status}`, requestId);
    return answer.data;
  }

  return {
    async request(document, variables, { signal, repeatable = !isMutation(document) } = {}) {
      let renewed = false;
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await send(document.toString(), variables, signal);
        } catch (error) {
          if (error instanceof SignedOutError && renew && !renewed) {
            renewed = true;
            await renew(error);
            continue;
          }
          const delay = signal?.aborted ? undefined : retryDelay(error, attempt, { repeatable, random });
          if (delay === undefined) throw error;
          await sleep(delay, signal);
        }
      }
    },
  };
}

interface Answer<Result> {
  readonly data?: Result | null;
  readonly errors?: readonly GraphqlErrorBody[];
}

/** A gateway's page in place of JSON is an answer without data. */
async function readAnswer<Result>(response: Response): Promise<Answer<Result>> {
  const text = await response.text();
  try {
    return JSON.parse(text) as Answer<Result>;
  } catch {
    return {};
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
