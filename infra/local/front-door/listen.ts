import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './certificate.ts';

export interface Listener {
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** 0: any free one. */
  readonly port: number;
  readonly certificate: Certificate;
  onRequest(request: IncomingMessage, response: ServerResponse): void;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** The first byte of a TLS handshake record. Source: RFC 8446, section 5.1. */
const handshakeRecord = 22;

/**
 * One port of the loopback interface that answers TLS and plain HTTP alike: clients differ in what they insist on
 * (aws-amplify opens `wss://` even where the API's URL is `http://localhost`).
 */
export async function listen({ port, certificate, onRequest, onUpgrade }: ListenOptions): Promise<Listener> {
  const limits = { keepAliveTimeout: 65_000, headersTimeout: 66_000, requestTimeout: 120_000 };
  const plain = http.createServer(limits, onRequest);
  const secure = https.createServer({ ...limits, cert: certificate.certificate, key: certificate.key }, onRequest);
  for (const server of [plain, secure]) server.on('upgrade', onUpgrade);

  const sockets = new Set<Socket>();
  const door = net.createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    // A client that goes away in the middle is no fault of the host's.
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk) => {
      socket.pause();
      socket.unshift(chunk);
      const server = chunk[0] === handshakeRecord ? secure : plain;
      server.emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  secure.on('tlsClientError', (_error, socket) => socket.destroy());

  await new Promise<void>((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (door.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => door.close(() => resolve()));
      plain.closeIdleConnections();
      secure.closeIdleConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
