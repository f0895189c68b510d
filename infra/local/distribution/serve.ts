import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../errors.ts';
import type { Collection, StoredObject, StoredObjects } from '../service.ts';
import { compressed } from './compress.ts';
import { distributionIdOf } from './host.ts';
import type { Distribution, ResponseHeadersPolicy } from './model.ts';

export interface ServeDependencies {
  readonly distributions: Collection<Distribution>;
  readonly policies: Collection<ResponseHeadersPolicy>;
  readonly objects: StoredObjects;
}

/** Answers a browser as an edge location would: an object of the origin, or the page that stands in for its error. */
export function serve({ distributions, policies, objects }: ServeDependencies) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const distribution = distributions.get(distributionIdOf(host) ?? '');
    if (!distribution?.enabled)
      throw new AwsError('NoSuchDistribution', `No distribution answers at ${host}`, distribution ? 403 : 404);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new AwsError('InvalidMethod', `${request.method ?? ''} is not allowed here: use GET or HEAD`, 403);
    }
    const { status, object } = await find(distribution, keyOf(distribution, request.url ?? '/'));
    sendHeaders(response, object, distribution.responseHeadersPolicyId);
    if (status === 200 && request.headers['if-none-match'] === `"${object.etag}"`) {
      response.writeHead(304).end();
      return;
    }
    const encoded = distribution.compress
      ? await compressed(object, request.headers['accept-encoding'])
      : { bytes: object.bytes, encoding: undefined };
    if (encoded.encoding !== undefined) response.setHeader('content-encoding', encoded.encoding);
    if (distribution.compress) response.setHeader('vary', 'accept-encoding');
    response.writeHead(status, { 'content-length': encoded.bytes.length });
    response.end(request.method === 'HEAD' ? undefined : encoded.bytes);
  };

  async function find({ origin, errorResponses }: Distribution, key: string) {
    const object = await objects.open(origin.bucket, key);
    if (object) return { status: 200, object };
    // A bucket says 403 of what it has not to those who may not list it, as an origin access control may not.
    const page = errorResponses.find(({ errorCode }) => errorCode === 403);
    const standIn = page && (await objects.open(origin.bucket, inFolder(origin.path, page.pagePath)));
    if (!standIn) throw new AwsError('AccessDenied', 'Access Denied', 403);
    return { status: page.responseCode, object: standIn };
  }

  function sendHeaders(response: ServerResponse, object: StoredObject, policyId: string | undefined): void {
    response.setHeader('content-type', object.headers['content-type'] ?? 'application/octet-stream');
    response.setHeader('etag', `"${object.etag}"`);
    const caching = object.headers['cache-control'];
    if (caching !== undefined) response.setHeader('cache-control', caching);
    for (const { name, value, override } of policies.get(policyId ?? '')?.headers ?? []) {
      if (override || !response.hasHeader(name)) response.setHeader(name, value);
    }
  }
}

function keyOf({ defaultRootObject, origin }: Distribution, url: string): string {
  const path = new URL(url, 'http://localhost').pathname;
  if (path === '/') return inFolder(origin.path, `/${defaultRootObject}`);
  try {
    return inFolder(origin.path, decodeURIComponent(path));
  } catch {
    throw new AwsError('InvalidURI', 'The path is not encoded as a URL', 400);
  }
}

function inFolder(folder: string, path: string): string {
  return `${folder}${path}`.slice(1);
}
