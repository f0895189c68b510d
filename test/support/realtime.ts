import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly errorType?: string; readonly message?: string }[];
  };
}

type Headers = Readonly<Record<string, string>>;

/** A WebSocket of a realtime endpoint that keeps every frame but keep-alives. */
export class RealtimeClient {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type !== 'ka') this.frames.push(frame);
    });
  }

  /** Connects with the headers as a subprotocol, as browsers do; nothing is said yet. */
  static async open(url: string, headers: Headers): Promise<RealtimeClient> {
    const encoded = Buffer.from(JSON.stringify({ host: new URL(url).host, ...headers })).toString('base64url');
    const socket = new WebSocket(url, ['graphql-ws', `header-${encoded}`]);
    const client = new RealtimeClient(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  /** Connects and is let in. */
  static async enter(url: string, headers: Headers): Promise<RealtimeClient> {
    const client = await RealtimeClient.open(url, headers);
    client.send({ type: 'connection_init' });
    await client.until((frame) => frame.type === 'connection_ack');
    return client;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  send(frame: object | string | Buffer): void {
    this.#socket.send(typeof frame === 'object' && !Buffer.isBuffer(frame) ? JSON.stringify(frame) : frame);
  }

  /** Starts a subscription, and answers how that was answered. */
  async start(id: string, query: string, headers: Headers, variables: object = {}): Promise<Frame> {
    const data = JSON.stringify({ query, variables });
    this.send({ id, type: 'start', payload: { data, extensions: { authorization: headers } } });
    return await this.until((frame) => frame.id === id && ['start_ack', 'error'].includes(frame.type));
  }

  /** The first frame, come or to come, that this holds for. */
  async until(holds: (frame: Frame) => boolean, longest = 15_000): Promise<Frame> {
    const end = Date.now() + longest;
    for (;;) {
      const found = this.frames.find(holds);
      if (found) return found;
      if (Date.now() > end) throw new Error(`Not come in ${longest} ms; there were ${JSON.stringify(this.frames)}`);
      await sleep(10);
    }
  }

  /** The data that came for a subscription so far. */
  heard(id: string): unknown[] {
    return this.frames.filter((frame) => frame.type === 'data' && frame.id === id).map(({ payload }) => payload?.data);
  }

  close(): void {
    this.#socket.close();
  }
}
