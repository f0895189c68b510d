import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Clock, systemClock } from './clock.ts';

/** AppSync answered, but not with data. */
export class GraphqlError extends Error {
  override readonly name = 'GraphqlError';
  constructor(
    /** HTTP status; 200 when the document or its arguments were refused. */
    readonly status: number,
    readonly errors: readonly GraphqlAnswerError[],
  ) {
    const causes = errors.map(({ errorType, message }) => `${errorType ?? 'Error'}: ${message}`);
    super(`AppSync answered ${status} ${causes.join('; ')}`);
  }

  /** Whether the same call would be refused for ever: AppSync names no type for what its schema does not take. */
  get isPermanent(): boolean {
    return this.status === 200 && this.errors.every(({ errorType }) => !errorType);
  }
}

export interface GraphqlAnswerError {
  readonly errorType?: string | null;
  readonly message: string;
}

export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SignedGraphqlOptions {
  readonly url: string;
  readonly region: string;
  readonly clock?: Clock;
  readonly fetch?: typeof globalThis.fetch;
  /** Where they are not in the environment, as a Lambda function's are. */
  readonly credentials?: () => Promise<RoleCredentials>;
}

export type CallGraphql = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;

/**
 * Calls a GraphQL API of AppSync with the function's own role (AWS_IAM). Answers `data`.
 *
 * @throws GraphqlError when AppSync refuses or fails; whatever fetch throws when it cannot be reached
 */
export function signedGraphql({
  url,
  region,
  clock = systemClock,
  fetch = globalThis.fetch,
  credentials = roleCredentials,
}: SignedGraphqlOptions): CallGraphql {
  const { protocol, hostname, host, port, pathname } = new URL(url);
  const signer = new SignatureV4({
    service: 'appsync',
    region,
    sha256: Sha256,
    credentials,
  });
  return async (query, variables) => {
    const body = JSON.stringify({ query, variables });
    const signed = await signer.sign(
      {
        method: 'POST',
        protocol,
        hostname,
        ...(port && { port: Number(port) }),
        path: pathname,
        query: {},
        headers: { host, 'content-type': 'application/json' },
        body,
      },
      { signingDate: clock() },
    );
    // fetch sets the host itself, to what was signed.
    const headers = new Headers(signed.headers);
    headers.delete('host');
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5000) });
    return readAnswer(response);
  };
}

async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
  const answer = parseAnswer(text);
  if (response.ok && answer && !answer.errors?.length) return answer.data;
  throw new GraphqlError(response.status, answer?.errors ?? [{ message: text.slice(0, 200) }]);
}

function parseAnswer(text: string): { data?: unknown; errors?: GraphqlAnswerError[] } | undefined {
  try {
    return JSON.parse(text) as { data?: unknown; errors?: GraphqlAnswerError[] };
  } catch {
    // Not JSON: something between us and AppSync answered; the caller reports its status and text.
    return undefined;
  }
}

/** Lambda renews the role's credentials in the environment of each execution environment; there is no chain to walk. */
async function roleCredentials(): Promise<RoleCredentials> {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('No credentials in the environment: expected those of the function’s role');
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
