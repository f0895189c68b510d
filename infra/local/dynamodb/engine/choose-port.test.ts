import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { choosePort } from './choose-port.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

const listen = async (host: string): Promise<number> => {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
};

const host = process.platform === 'linux' ? '127.83.4.190' : '127.0.0.1';

test.each(['127.0.0.1', host])('a port that somebody listens on at %s is not chosen', async (other) => {
  const taken = await listen(other);
  const free = await choosePort(host);
  const picks = [taken, taken, free];
  expect(await choosePort(host, () => picks.shift() ?? 0)).toBe(free);
});

test('where no port is free, the error says which were tried', async () => {
  const taken = await listen('127.0.0.1');
  await expect(choosePort(host, () => taken)).rejects.toThrow('None of 100 ports from 20000 to 32000 was free');
});
