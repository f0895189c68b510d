import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createPost } from './post.ts';

let server: Server;
const sockets: Socket[] = [];
afterEach(() => {
  sockets.splice(0);
  server.closeAllConnections();
  server.close();
});

async function given(listener: RequestListener): Promise<URL> {
  server = createServer(listener).on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const echo: RequestListener = (request, response) => {
  let body = '';
  request.on('data', (part) => (body += part)).on('end', () => response.end(`${request.headers['x-a']} ${body}`));
};

it('sends headers and body, over one connection', async () => {
  const post = createPost(await given(echo), 1000);
  expect(await post({ 'x-a': '1' }, 'Grüße')).toEqual({ status: 200, text: '1 Grüße' });
  expect(await post({ 'x-a': '2' }, '')).toEqual({ status: 200, text: '2 ' });
  expect(sockets).toHaveLength(1);
});

it('sends again where the other side has closed the connection meanwhile', async () => {
  const post = createPost(await given(echo), 1000);
  await post({ 'x-a': '1' }, '');
  // Closed without a word, as over a frozen process: what is sent next meets a reset.
  const again = post({ 'x-a': '2' }, '');
  sockets[0]?.resetAndDestroy();
  expect(await again).toEqual({ status: 200, text: '2 ' });
  expect(sockets).toHaveLength(2);
});

it('fails where nobody is there, and where a new connection is closed', async () => {
  const url = await given((request) => request.socket.destroy());
  await expect(createPost(url, 1000)({}, '')).rejects.toThrow('socket hang up');
  expect(sockets).toHaveLength(1);
  server.close();
  await expect(createPost(new URL('http://127.0.0.1:1'), 1000)({}, '')).rejects.toThrow('ECONNREFUSED');
});

it('waits no longer than it was told, also for the end of an answer', async () => {
  const url = await given((_request, response) => void response.write('begun'));
  await expect(createPost(url, 50)({}, '')).rejects.toThrow(/did not answer within 50 ms/);
});
