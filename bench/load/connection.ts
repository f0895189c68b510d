import { Client } from 'undici';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One connection to a server, for one request at a time. */
export interface Connection {
  /** Rejects where no whole answer comes; the next request then opens the connection anew. */
  post(headers: Readonly<Record<string, string>>, body: string): Promise<Answer>;
  close(): Promise<void>;
}

const answersInMilliseconds = 10_000;

/**
 * By undici's `dispatch`, the least of what takes a client's time: the load runs on the processors that it measures. Certificates are not
 * checked, since what is measured is on this machine.
 */
export function openConnection(url: string): Connection {
  const { origin, pathname, search } = new URL(url);
  const timeouts = { headersTimeout: answersInMilliseconds, bodyTimeout: answersInMilliseconds };
  const client = new Client(origin, { ...timeouts, connect: { rejectUnauthorized: false } });
  const path = `${pathname}${search}`;
  return {
    post: (headers, body) =>
      new Promise((resolve, reject) => {
        let status = 0;
        const chunks: Buffer[] = [];
        client.dispatch(
          { path, method: 'POST', headers, body },
          {
            onRequestStart: () => undefined,
            onResponseStart: (_controller, statusCode) => {
              status = statusCode;
            },
            onResponseData: (_controller, chunk) => {
              chunks.push(chunk);
            },
            onResponseEnd: () => resolve({ status, body: Buffer.concat(chunks).toString('utf8') }),
            onResponseError: (_controller, error) => reject(error),
          },
        );
      }),
    close: () => client.close(),
  };
}
