import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../service.ts';

/**
 * Header names in lower case, without cookies; a header that came more than once is a list. `x-forwarded-for` is as AppSync's edge
 * leaves it: what the client sent, then the client's own address, then the edge's.
 */
export function readableHeaders(request: IncomingMessage): JsonObject {
  const { headers, rawHeaders } = request;
  const cameOnce = Object.keys(headers).length * 2 === rawHeaders.length;
  const readable = cameOnce ? { ...headers } : joined(request);
  delete readable['cookie'];
  const sent = headers['x-forwarded-for'] === undefined ? [] : request.headersDistinct['x-forwarded-for'];
  readable['x-forwarded-for'] = forwardedFor(addressOf(request), sent);
  return readable as JsonObject;
}

/** Where a request comes from: an IPv4 address that came in by an IPv6 socket is one all the same. */
export function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? edge).replace(/^::ffff:(?=\d+\.)/, '');
}

const edge = '127.0.0.1';

export function forwardedFor(address: string, sent: readonly string[] = []): string {
  return [...sent, address, edge].join(', ');
}

function joined({ headersDistinct }: IncomingMessage): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values = []]) => [name, values.length === 1 ? values[0] : values]),
  );
}
