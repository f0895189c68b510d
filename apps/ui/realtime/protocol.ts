import type { GraphqlErrorBody } from '../graphql/errors.ts';

/** What the server sends. Source: AppSync developer guide, "Building a real-time WebSocket client". */
export interface Frame {
  readonly type: 'connection_ack' | 'connection_error' | 'ka' | 'start_ack' | 'data' | 'complete' | 'error';
  readonly id?: string;
  readonly payload?: {
    readonly connectionTimeoutMs?: number;
    readonly data?: unknown;
    /** One alone where it refuses for their number. */
    readonly errors?: readonly FrameError[] | FrameError;
  };
}

type FrameError = GraphqlErrorBody & { readonly errorCode?: number };

type Headers = Readonly<Record<string, string>>;

/** The subprotocols of a connection: a browser can send its authorization in no header. */
export function subprotocols(headers: Headers): string[] {
  const bytes = new TextEncoder().encode(JSON.stringify(headers));
  const base64 = btoa(String.fromCharCode(...bytes));
  return ['graphql-ws', `header-${base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`];
}

export function startFrame(id: string, query: string, variables: object, authorization: Headers): string {
  const data = JSON.stringify({ query, variables });
  return JSON.stringify({ id, type: 'start', payload: { data, extensions: { authorization } } });
}

export function stopFrame(id: string): string {
  return JSON.stringify({ id, type: 'stop' });
}
