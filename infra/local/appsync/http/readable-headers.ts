import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../service.ts';

/** Header names in lower case, without cookies; a header that came more than once is a list. */
export function readableHeaders(request: IncomingMessage): JsonObject {
  const { cookie: _, ...headers } = request.headersDistinct;
  return Object.fromEntries(
    Object.entries(headers).map(([name, values = []]) => [name, values.length === 1 ? values[0] ?? '' : values]),
  );
}
