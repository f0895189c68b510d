import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { readableHeaders } from './readable-headers.ts';

/** As Node.js has it: what came more than once is one text in `headers`, a list in `headersDistinct`, and each time in `rawHeaders`. */
const arriving = (remoteAddress: string, forwarded: string[]) =>
  ({
    headers: {
      host: 'localhost',
      cookie: 'secret=1',
      ...(forwarded.length > 0 && { 'x-forwarded-for': forwarded.join(', ') }),
    },
    headersDistinct: {
      host: ['localhost'],
      cookie: ['secret=1'],
      ...(forwarded.length > 0 && { 'x-forwarded-for': forwarded }),
    },
    rawHeaders: [
      ...['host', 'localhost', 'cookie', 'secret=1'],
      ...forwarded.flatMap((addresses) => ['x-forwarded-for', addresses]),
    ],
    socket: { remoteAddress },
  } as unknown as IncomingMessage);

test.each([
  ['127.0.0.1', [], '127.0.0.1, 127.0.0.1'],
  ['::ffff:127.0.0.1', [], '127.0.0.1, 127.0.0.1'],
  ['127.0.0.1', ['192.0.2.1', '192.0.2.2, 192.0.2.3'], '192.0.2.1, 192.0.2.2, 192.0.2.3, 127.0.0.1, 127.0.0.1'],
])('from %s, which sent %j: the caller’s own address is the last but one', (address, sent, expected) => {
  expect(readableHeaders(arriving(address, sent))).toEqual({ host: 'localhost', 'x-forwarded-for': expected });
});
