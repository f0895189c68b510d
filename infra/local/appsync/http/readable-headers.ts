import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../service.ts';

/** Header names in lower case, without cookies; a header that came more than once is a list. */
export function readableHeaders(request: IncomingMessage): JsonObject {
  const { headers, rawHeaders } = request;
  const cameOnce = Object.keys(headers).length * 2 === rawHeaders.length;
  const readable = cameOnce ? { ...headers } : joined(request);
  delete readable['cookie'];
  return readable as JsonObject;
}

function joined({ headersDistinct }: IncomingMessage): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values = []]) => [name, values.length === 1 ? values[0] : values]),
  );
}
