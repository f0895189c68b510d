import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { AwsError } from '../../errors.ts';
import type { Clock, UpgradeRoute } from '../../service.ts';
import { addressOf } from '../http/readable-headers.ts';
import type { Store } from '../store.ts';
import { readConnectHeader } from './connect-header.ts';
import { Connection } from './connection.ts';
import type { StartDependencies } from './start-subscription.ts';
import type { SubscriptionIndex } from './subscription.ts';

export interface RealtimeDependencies extends StartDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly index: SubscriptionIndex;
}

export interface Realtime {
  readonly upgrade: UpgradeRoute;
  start(): void;
  stop(): void;
}

const subprotocol = 'graphql-ws';
const maximumFrameBytes = 256 * 1024;
const keepAliveMilliseconds = 60_000;
const longestConnectionMilliseconds = 24 * 3600 * 1000;

/**
 * Subscriptions over WebSockets at `/graphql/<apiId>/realtime`.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export function createRealtime(dependencies: RealtimeDependencies): Realtime {
  const { store, clock, index } = dependencies;
  const connections = new Set<Connection>();
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maximumFrameBytes,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  let timer: NodeJS.Timeout | undefined;

  const open = (apiId: string, request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const sourceIp = addressOf(request);
    server.handleUpgrade(request, socket, head, (webSocket) => {
      const admission = admit(dependencies, apiId, request, sourceIp);
      const connection = new Connection(webSocket, {
        apiId,
        sourceIp,
        openedAt: clock.now(),
        admission,
        index,
        start: dependencies,
      });
      connections.add(connection);
      webSocket.on('close', () => connections.delete(connection));
    });
  };

  const tick = (): void => {
    for (const connection of connections) {
      if (clock.now() - connection.openedAt >= longestConnectionMilliseconds) connection.close();
      else connection.keepAlive();
    }
  };

  store.onChange((apiId) => {
    if (store.apis.has(apiId)) return;
    for (const connection of connections) if (connection.apiId === apiId) connection.close();
  });

  return {
    upgrade: {
      prefix: '/graphql/',
      handle(request, socket, head) {
        const apiId = /^\/graphql\/([a-z0-9]+)\/realtime\/?(?:\?|$)/.exec(request.url ?? '')?.[1];
        if (apiId !== undefined && store.apis.has(apiId)) return open(apiId, request, socket, head);
        socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      },
    },
    start() {
      timer = setInterval(tick, keepAliveMilliseconds);
      timer.unref();
    },
    stop() {
      clearInterval(timer);
      for (const connection of connections) connection.close();
      server.close();
    },
  };
}

/** A connection is authorized like a request whose operation is `DeepDish:Connect`. */
async function admit(
  { compiler, authenticate, newRequestId }: RealtimeDependencies,
  apiId: string,
  request: IncomingMessage,
  sourceIp: string,
): Promise<unknown> {
  const header = readConnectHeader(request);
  if (!header)
    throw new AwsError('BadRequestException', 'The header of the connection is not Base64 of a JSON object.');
  const { headers, payload } = header;
  return await authenticate(compiler.get(apiId).record, {
    requestId: newRequestId(),
    headers,
    sourceIp,
    signed: () => ({
      method: 'POST',
      url: `/graphql/${apiId}/connect`,
      headers: headers as Record<string, string>,
      body: Buffer.from(payload),
    }),
    queryString: '',
    operationName: 'DeepDish:Connect',
    variables: {},
  });
}
