import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { cycle } from './cycle.ts';
import { drive } from './drive.ts';
import type { CyclePlan } from './job.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const step = (body: string) => ({ headers: { 'x-a': '1' }, body, expected: { exactly: `1 ${body}` } });
const plan: CyclePlan = {
  kind: 'cycle',
  callers: [{ credentials: [{}], journeys: [{ steps: [step('one'), step('two')] }] }],
};

/** Loads a server for a moment. */
async function load(listener: RequestListener, source = cycle(plan), least = 1) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a?b=1`;
  const times = { connections: 3, warmUp: 0.02, seconds: 0.1, least };
  return await drive({ url, plan, processes: { self: process.pid }, ...times }, source);
}

const echo: RequestListener = (request, response) => {
  let body = '';
  request
    .on('data', (part: Buffer) => (body += part.toString()))
    .on('end', () => response.end(`${request.headers['x-a'] as string} ${body}`));
};

it('sends journeys over so many connections, and answers what they took', async () => {
  const sockets = new Set<unknown>();
  const paths = new Set<unknown>();
  const result = await load((request, response) => {
    sockets.add(request.socket);
    paths.add(`${request.method} ${request.url}`);
    echo(request, response);
  });
  expect(result).toMatchObject({ errors: 0, reasons: [], conflicts: 0 });
  expect(result.done).toBeGreaterThan(3);
  expect(result.times).toHaveLength(result.done);
  expect(result.seconds).toBeGreaterThanOrEqual(0.1);
  expect(result.cpu['self']?.host).toBeGreaterThanOrEqual(0);
  expect(sockets.size).toBe(3);
  expect([...paths]).toEqual(['POST /a?b=1']);
});

it('counts answers that are wrong and connections that break, and goes on', async () => {
  let count = 0;
  const result = await load((request, response) => {
    count += 1;
    if (count === 2) request.socket.destroy();
    else if (count === 5) response.writeHead(500).end('out of order');
    else echo(request, response);
  });
  expect(result.errors).toBe(2);
  expect(result.reasons.join('\n')).toMatch(/No answer: .*\n?/);
  expect(result.reasons.join('\n')).toContain('answered 500 out of order');
  expect(result.done).toBeGreaterThan(0);
});

it('fails where a plan cannot go on', async () => {
  const once = cycle({ ...plan, credentialsOnce: true });
  await expect(load(echo, once, 0)).rejects.toThrow('credentials are used up');
});
