import type { Authorize, TypedDocument } from '../graphql/document.ts';
import { ApiError, toApiError, TooManyRequestsError } from '../graphql/errors.ts';
import { expiryOf } from './expiry.ts';
import { type Frame, startFrame, stopFrame, subprotocols } from './protocol.ts';

/**
 * `idle`: nothing is subscribed to. `waiting`: the connection is lost, and tried again by itself. `interrupted`: that has failed, and is
 * tried again until it succeeds.
 */
export type LiveStatus = 'idle' | 'connecting' | 'live' | 'waiting' | 'interrupted' | 'offline';

export interface Subscriber<Result> {
  onData(data: Result): void;
  /** The server takes the subscription (again): what happened before is not sent, so read the present state now. */
  onReady?(): void;
  /** The server has ended it, or lets nobody connect: why. It is tried again by itself. */
  onInterrupted?(error: ApiError): void;
  /** The server refuses it; it is not tried again. */
  onError?(error: ApiError): void;
}

export interface RealtimeClient {
  /** Answers how to unsubscribe. */
  subscribe<Result, Variables extends object>(
    document: TypedDocument<Result, Variables>,
    variables: Variables,
    subscriber: Subscriber<Result>,
  ): () => void;
  readonly status: LiveStatus;
  /** Tells of each change of status; answers how to stop. */
  onStatus(listener: (status: LiveStatus) => void): () => void;
  /** Tries to connect now instead of later. */
  retry(): void;
  close(): void;
}

export interface RealtimeClientOptions {
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly authorize: Authorize;
  readonly random?: () => number;
}

interface Entry {
  readonly query: string;
  readonly variables: object;
  readonly subscriber: Subscriber<unknown>;
}

const firstDelay = 500;
const longestDelay = 20_000;
const longestHandshake = 15_000;
/** Amplify takes a token for expired by the whole second. */
const afterExpiry = 2000;

function errorOf({ payload }: Frame): ApiError {
  const [error] = payload?.errors ?? [];
  const ended = { message: 'The subscription was ended by the server', errorType: 'SubscriptionEnded' };
  return toApiError(error ?? ended, error?.errorCode ?? 200, undefined);
}

/**
 * Subscriptions of one API over one WebSocket, in AppSync's own protocol. A lost connection is made again, with growing pauses, and all
 * subscriptions with it; while the browser is offline nothing is tried.
 */
export function createRealtimeClient(options: RealtimeClientOptions): RealtimeClient {
  const { graphqlUrl, realtimeUrl, authorize, random = Math.random } = options;
  const entries = new Map<string, Entry>();
  const listeners = new Set<(status: LiveStatus) => void>();
  let status: LiveStatus = 'idle';
  let socket: WebSocket | undefined;
  let failures = 0;
  let count = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let renewal: ReturnType<typeof setTimeout> | undefined;

  const setStatus = (next: LiveStatus): void => {
    if (next === status) return;
    status = next;
    for (const listener of listeners) listener(next);
  };
  const authorization = async () => ({ host: new URL(graphqlUrl).host, ...(await authorize()) });

  /** The server says something at least every `silence` milliseconds; else the connection is dead, whatever the browser thinks. */
  const expectWithin = (silence: number): void => {
    clearTimeout(watchdog);
    watchdog = setTimeout(drop, silence);
  };

  async function connect(): Promise<void> {
    if (socket || entries.size === 0) return;
    if (!navigator.onLine) return setStatus('offline');
    if (status !== 'interrupted') setStatus('connecting');
    const headers = await authorization().catch(() => undefined);
    if (socket || entries.size === 0) return;
    if (!headers) return tryLater();
    renewAfter(headers);
    const opened = new WebSocket(realtimeUrl, subprotocols(headers));
    socket = opened;
    let silence = longestHandshake;
    expectWithin(silence);
    opened.onopen = () => opened.send(JSON.stringify({ type: 'connection_init' }));
    opened.onclose = () => {
      if (socket === opened) drop();
    };
    opened.onmessage = ({ data }) => {
      if (socket !== opened) return;
      const frame = JSON.parse(String(data)) as Frame;
      silence = frame.payload?.connectionTimeoutMs ?? silence;
      expectWithin(silence);
      receive(frame);
    };
  }

  function receive(frame: Frame): void {
    if (frame.type === 'connection_ack') {
      setStatus('live');
      for (const id of entries.keys()) void start(id);
      return;
    }
    if (frame.type === 'connection_error') {
      for (const { subscriber } of entries.values()) subscriber.onInterrupted?.(errorOf(frame));
      return drop();
    }
    const entry = entries.get(frame.id ?? '');
    if (!entry) return;
    if (frame.type === 'start_ack') {
      failures = 0;
      entry.subscriber.onReady?.();
    }
    if (frame.type === 'data' && frame.payload?.data) entry.subscriber.onData(frame.payload.data);
    if (frame.type === 'error') refuse(frame, entry);
    if (frame.type === 'complete') {
      entry.subscriber.onInterrupted?.(errorOf(frame));
      drop();
    }
  }

  function refuse(frame: Frame, entry: Entry): void {
    const error = errorOf(frame);
    // Many pages that come back at once are too fast together.
    if (error instanceof TooManyRequestsError) return drop();
    entries.delete(frame.id ?? '');
    entry.subscriber.onError?.(error);
    if (entries.size === 0) drop();
  }

  async function start(id: string): Promise<void> {
    const over = socket;
    const headers = await authorization().catch(() => undefined);
    const entry = entries.get(id);
    if (!entry || socket !== over || over?.readyState !== WebSocket.OPEN) return;
    if (!headers) return drop();
    over.send(startFrame(id, entry.query, entry.variables, headers));
  }

  /** Nothing is delivered after the token has expired: with the next one all is subscribed to anew. */
  function renewAfter(headers: Readonly<Record<string, string>>): void {
    const expiry = expiryOf(headers);
    clearTimeout(renewal);
    if (expiry !== undefined) renewal = setTimeout(reconnect, Math.max(0, expiry - Date.now()) + afterExpiry);
  }

  function reconnect(): void {
    failures = 0;
    leave();
    void connect();
  }

  /** Gives the connection up and, where something is subscribed to, sets out for another. */
  function drop(): void {
    leave();
    if (entries.size === 0) setStatus('idle');
    else tryLater();
  }

  function leave(): void {
    clearTimeout(watchdog);
    clearTimeout(renewal);
    const dropped = socket;
    socket = undefined;
    if (dropped?.readyState !== WebSocket.CONNECTING) dropped?.close();
    // Closed before it is open, it would be told of as a failure.
    else dropped.onopen = () => dropped.close();
  }

  function tryLater(): void {
    if (!navigator.onLine) return setStatus('offline');
    failures += 1;
    setStatus(failures > 1 ? 'interrupted' : 'waiting');
    const backoff = Math.min(longestDelay, firstDelay * 2 ** (failures - 1));
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), backoff / 2 + (random() * backoff) / 2);
  }

  const retryNow = (): void => {
    clearTimeout(retry);
    void connect();
  };
  const onOnline = (): void => {
    failures = 0;
    retryNow();
  };
  addEventListener('online', onOnline);
  addEventListener('offline', drop);

  return {
    subscribe(document, variables, subscriber) {
      const id = `s${(count += 1)}`;
      entries.set(id, { query: document.toString(), variables, subscriber: subscriber as Subscriber<unknown> });
      if (status === 'live') void start(id);
      else if (status === 'idle') void connect();
      return () => {
        if (!entries.delete(id)) return;
        if (socket?.readyState === WebSocket.OPEN) socket.send(stopFrame(id));
        if (entries.size === 0) drop();
      };
    },
    get status() {
      return status;
    },
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry: retryNow,
    close() {
      removeEventListener('online', onOnline);
      removeEventListener('offline', drop);
      clearTimeout(retry);
      entries.clear();
      drop();
    },
  };
}
