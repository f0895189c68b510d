import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute, JsonObject } from '../../service.ts';
import { EngineStopped } from '../engine/run-in-order.ts';
import { isObject } from '../template/model.ts';

export interface ResponseBox {
  /** The path that the function answers to; nobody can guess it. */
  readonly path: string;
  /** Rejects when the time is over or the host stops. */
  wait(timeoutMilliseconds: number): Promise<JsonObject>;
  close(): void;
}

export interface Responses {
  readonly route: HttpRoute;
  open(): ResponseBox;
}

const prefix = '/cloudformation-responses/';
const largestResponse = 64 * 1024;

/** Where functions of custom resources put their answers, as they put them to a presigned URL on AWS. */
export function createResponses(signal: AbortSignal): Responses {
  const waiting = new Map<string, (answer: JsonObject) => void>();

  return {
    route: {
      prefix,
      async handle(request, response) {
        const deliver = waiting.get(new URL(request.url ?? '/', 'http://localhost').pathname.slice(prefix.length));
        if (!deliver || request.method !== 'PUT') return answer(response, deliver ? 405 : 403);
        const body = await readJson(request);
        if (!body) return answer(response, 400);
        deliver(body);
        answer(response, 200);
      },
    },
    open() {
      const secret = randomBytes(32).toString('hex');
      const delivered = new Promise<JsonObject>((resolve) => waiting.set(secret, resolve));
      const close = (): void => void waiting.delete(secret);
      return {
        path: `${prefix}${secret}`,
        close,
        async wait(timeoutMilliseconds) {
          let timer: NodeJS.Timeout | undefined;
          let stop = (): void => undefined;
          const ended = new Promise<never>((_, reject) => {
            const limit = `within ${Math.round(timeoutMilliseconds / 1000)} seconds`;
            timer = setTimeout(
              () => reject(new Error(`The function put no answer to its ResponseURL ${limit}`)),
              timeoutMilliseconds,
            );
            stop = () => reject(new EngineStopped());
            if (signal.aborted) stop();
            signal.addEventListener('abort', stop, { once: true });
          });
          try {
            return await Promise.race([delivered, ended]);
          } finally {
            clearTimeout(timer);
            signal.removeEventListener('abort', stop);
            close();
          }
        },
      };
    },
  };
}

async function readJson(request: IncomingMessage): Promise<JsonObject | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestResponse) return undefined;
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON: the function is told by the status.
    return undefined;
  }
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': '0' });
  response.end();
}
