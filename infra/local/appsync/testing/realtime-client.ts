import type { WebSocket } from 'ws';
import type { JsonObject } from '../../service.ts';

/** A client that keeps every frame, and counts those that only keep it alive. */
export class RealtimeClient {
  readonly frames: JsonObject[] = [];
  keepAlives = 0;
  closed = false;
  #waiting: (() => void)[] = [];

  constructor(readonly socket: WebSocket) {
    const wake = () => this.#waiting.splice(0).forEach((resume) => resume());
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as JsonObject;
      if (frame['type'] === 'ka') this.keepAlives += 1;
      else this.frames.push(frame);
      wake();
    });
    socket.on('close', () => {
      this.closed = true;
      wake();
    });
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  async next(): Promise<JsonObject> {
    await this.until(() => this.frames.length > 0);
    return this.frames.shift() ?? {};
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resume) => this.#waiting.push(resume));
  }

  async start(id: string, query: string, authorization: JsonObject, variables: JsonObject = {}): Promise<JsonObject> {
    this.send({
      id,
      type: 'start',
      payload: { data: JSON.stringify({ query, variables }), extensions: { authorization } },
    });
    return await this.next();
  }
}
