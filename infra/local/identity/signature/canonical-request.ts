import type { SignedRequest } from '../../service.ts';
import type { ClaimedSignature } from './parse-signature.ts';

/**
 * The text that is signed for a request.
 * Source: AWS Identity and Access Management user guide, "Create a signed AWS API request".
 */
export function canonicalRequest(request: SignedRequest, claimed: ClaimedSignature, payloadHash: string): string {
  const [path = '/', query = ''] = splitOnce(request.url);
  const headers = claimed.signedHeaders.map((name) => `${name}:${headerValue(request, name)}\n`).join('');
  return [
    request.method,
    canonicalPath(path, claimed.service),
    canonicalQuery(query),
    headers,
    claimed.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function splitOnce(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function headerValue(request: SignedRequest, name: string): string {
  const value = request.headers[name] ?? '';
  return (Array.isArray(value) ? value.join(',') : value).trim().replace(/ +/g, ' ');
}

/** S3 signs the path as sent; all other services normalize it and encode it once more. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3') return path || '/';
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.join('/')}${trailing}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const mark = pair.indexOf('=');
      const name = mark < 0 ? pair : pair.slice(0, mark);
      return [recode(name), recode(mark < 0 ? '' : pair.slice(mark + 1))] as const;
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** One form for what clients encode differently. */
function recode(text: string): string {
  try {
    return encode(decodeURIComponent(text));
  } catch {
    // A lone percent sign is no encoding: it is taken as it stands, and the signature decides.
    return text;
  }
}

/** Everything but RFC 3986's unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
