import type { SignedRequest } from '../../service.ts';
import type { SignatureErrors } from './errors.ts';

/** What a request says of its own signature, in its Authorization header or, presigned, in its query. */
export interface ClaimedSignature {
  readonly accessKeyId: string;
  /** `20260131` */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** `20260131T235959Z` */
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly sessionToken: string | undefined;
  /** Seconds that a presigned request is good for; absent in the header form. */
  readonly lifetime: number | undefined;
}

export const algorithm = 'AWS4-HMAC-SHA256';
/** A week. Source: AWS, "Authenticating Requests: Using Query Parameters". */
const longestLifetime = 604_800;

export function parseSignature(request: SignedRequest, errors: SignatureErrors): ClaimedSignature {
  const { authorization } = request.headers;
  if (authorization !== undefined) return parseHeader(authorization, request, errors);
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  if (query.has('X-Amz-Signature')) return parseQuery(query, errors);
  throw errors.missing();
}

function parseHeader(authorization: string, request: SignedRequest, errors: SignatureErrors): ClaimedSignature {
  if (!authorization.startsWith(`${algorithm} `)) throw errors.incomplete(`expected the algorithm ${algorithm}`);
  const parts = new Map(
    authorization
      .slice(algorithm.length)
      .split(',')
      .map((part) => {
        const [name = '', ...value] = part.trim().split('=');
        return [name, value.join('=')];
      }),
  );
  const need = (name: string): string => {
    const value = parts.get(name);
    if (value) return value;
    throw errors.incomplete(`Authorization header requires '${name}' parameter.`);
  };
  const timestamp = request.headers['x-amz-date'];
  if (typeof timestamp !== 'string') {
    throw errors.incomplete("Authorization header requires existence of a 'X-Amz-Date' header.");
  }
  const token = request.headers['x-amz-security-token'];
  return {
    ...parseCredential(need('Credential'), errors),
    timestamp,
    signedHeaders: need('SignedHeaders').split(';'),
    signature: need('Signature'),
    sessionToken: typeof token === 'string' ? token : undefined,
    lifetime: undefined,
  };
}

function parseQuery(query: URLSearchParams, errors: SignatureErrors): ClaimedSignature {
  const need = (name: string): string => {
    const value = query.get(name);
    if (value) return value;
    throw errors.incomplete(`AWS query-string parameters must include '${name}'.`);
  };
  if (need('X-Amz-Algorithm') !== algorithm) throw errors.incomplete(`expected the algorithm ${algorithm}`);
  const lifetime = Number(need('X-Amz-Expires'));
  if (!Number.isInteger(lifetime) || lifetime < 1 || lifetime > longestLifetime) {
    throw errors.incomplete(`X-Amz-Expires must be between 1 and ${longestLifetime} seconds.`);
  }
  return {
    ...parseCredential(need('X-Amz-Credential'), errors),
    timestamp: need('X-Amz-Date'),
    signedHeaders: need('X-Amz-SignedHeaders').split(';'),
    signature: need('X-Amz-Signature'),
    sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
    lifetime,
  };
}

function parseCredential(
  credential: string,
  errors: SignatureErrors,
): Pick<ClaimedSignature, 'accessKeyId' | 'date' | 'region' | 'service'> {
  const parts = credential.split('/');
  const [terminator, service, region, date] = parts.slice(-4).reverse();
  const accessKeyId = parts.slice(0, -4).join('/');
  if (terminator !== 'aws4_request' || !service || !region || !date || !accessKeyId) {
    throw errors.incomplete('Credential must have 5 parts: <key id>/<date>/<region>/<service>/aws4_request.');
  }
  return { accessKeyId, date, region, service };
}
