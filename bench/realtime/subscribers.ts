import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { type Heard, now, type Subscribers } from './protocol.ts';

interface Frame {
  readonly type: string;
  readonly payload?: {
    readonly data?: { readonly onProductChanged?: { readonly product: { readonly name: string } } };
  };
}

const query = 'subscription { onProductChanged { type product { id name price stock version updatedAt } } }';
/** Connections that are opened at once. */
const atOnce = 20;

const heard: Heard[] = [];

/** Opens every connection and says `ready`; `report` is answered with all that was heard, `end` ends it. */
async function main(): Promise<void> {
  const lines = createInterface(process.stdin);
  for await (const line of lines) {
    if (line === 'end') return process.exit(0);
    if (line === 'report') say(heard);
    else say(await subscribeAll(JSON.parse(line) as Subscribers));
  }
}

function say(answer: unknown): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function subscribeAll({ realtimeUrl, host, tokens, connectionsOfTenant }: Subscribers): Promise<'ready'> {
  const wanted = tokens.flatMap((authorization, tenant) =>
    Array.from({ length: connectionsOfTenant }, (_, place) => ({
      authorization,
      tenant,
      connection: tenant * connectionsOfTenant + place,
    })),
  );
  for (let from = 0; from < wanted.length; from += atOnce) {
    await Promise.all(
      wanted
        .slice(from, from + atOnce)
        .map(({ authorization, tenant, connection }) =>
          subscribe(realtimeUrl, { host, authorization }, (name) =>
            heard.push({ name, tenant, connection, at: now() }),
          ),
        ),
    );
  }
  return 'ready';
}

async function subscribe(url: string, headers: object, onEvent: (name: string) => void): Promise<void> {
  const socket = new WebSocket(url, [
    'graphql-ws',
    `header-${Buffer.from(JSON.stringify(headers)).toString('base64url')}`,
  ]);
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`A connection was closed with ${code}`)));
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type === 'connection_ack') {
        const payload = { data: JSON.stringify({ query }), extensions: { authorization: headers } };
        socket.send(JSON.stringify({ id: '1', type: 'start', payload }));
      } else if (frame.type === 'start_ack') resolve();
      else if (frame.type === 'data') onEvent(frame.payload?.data?.onProductChanged?.product.name ?? '');
      else if (frame.type !== 'ka') reject(new Error(`Answered with ${String(data)}, expected an acknowledgement`));
    });
  });
}

await main();
