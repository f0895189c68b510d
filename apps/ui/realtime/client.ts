import type { Authorize, TypedDocument } from '../graphql/document.ts';
import { type ApiError, TooManyRequestsError } from '../graphql/errors.ts';
import { expiryOf } from './expiry.ts';
import { type Frame, startFrame, stopFrame, subprotocols } from './protocol.ts';
import { errorOf, isForGood, waitOf } from './refusal.ts';

/**
 * `idle`: nothing is subscribed to. `waiting`: the connection is lost or a subscription refused, which is tried again by itself.
 * `interrupted`: that has failed, and is tried again until it succeeds. `live`: every subscription is taken, or on its way.
 */
export type LiveStatus = 'idle' | 'connecting' | 'live' | 'waiting' | 'interrupted' | 'offline';

export interface Subscriber<Result> {
  onData(data: Result): void;
  /** The server takes the subscription (again): what happened before is not sent, so read the present state now. */
  onReady?(): void;
  /** The server has ended or refused it, or lets nobody connect: why. It is tried again by itself. */
  onInterrupted?(error: ApiError): void;
  /** The server does not take it, and never will as it is; it is not tried again. */
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
  isTaken: boolean;
  /** How often it was refused since it was taken last. */
  refusals: number;
  /** When it is tried again. */
  again?: ReturnType<typeof setTimeout>;
}

const statusAfter = (failures: number): LiveStatus => (failures > 1 ? 'interrupted' : 'waiting');
const firstDelay = 500;
const longestDelay = 20_000;
const longestHandshake = 15_000;
/** Amplify takes a token for expired by the whole second. */
const afterExpiry = 2000;

/**
 * Subscriptions of one API over one WebSocket, in AppSync's own protocol. A lost connection is made again, with growing pauses, and all
 * subscriptions with it; one that is refused is asked for again by itself, while the others go on. While the browser is offline nothing is
 * tried.
 */
export function createRealtimeClient(options: RealtimeClientOptions): RealtimeClient {
  const { graphqlUrl, realtimeUrl, authorize, random = Math.random } = options;
  const entries = new Map<string, Entry>();
  const listeners = new Set<(status: LiveStatus) => void>();
  let status: LiveStatus = 'idle';
  let socket: WebSocket | undefined;
  let acknowledged = false;
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
  /** Not live while one of them is refused: what it would tell does not arrive. */
  const showLive = (): void => {
    const refusals = Math.max(0, ...[...entries.values()].map((entry) => entry.refusals));
    setStatus(refusals === 0 ? 'live' : statusAfter(refusals));
  };
  const pauseAfter = (times: number): number => {
    const backoff = Math.min(longestDelay, firstDelay * 2 ** (times - 1));
    return backoff / 2 + (random() * backoff) / 2;
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
      acknowledged = true;
      showLive();
      for (const id of entries.keys()) void start(id);
      return;
    }
    if (frame.type === 'connection_error') {
      for (const { subscriber } of entries.values()) subscriber.onInterrupted?.(errorOf(frame));
      return drop();
    }
    // Where AppSync takes no more subscriptions a second it does not say which one it means.
    if (frame.type === 'error' && frame.id === undefined) {
      for (const [id, entry] of [...entries]) if (!entry.isTaken && !entry.again) refuse(id, entry, errorOf(frame));
      return;
    }
    const id = frame.id ?? '';
    const entry = entries.get(id);
    if (!entry) return;
    if (frame.type === 'start_ack') {
      failures = 0;
      entry.refusals = 0;
      entry.isTaken = true;
      showLive();
      entry.subscriber.onReady?.();
    }
    if (frame.type === 'data' && frame.payload?.data) entry.subscriber.onData(frame.payload.data);
    if (frame.type === 'error') refuse(id, entry, errorOf(frame));
    if (frame.type === 'complete') {
      entry.subscriber.onInterrupted?.(errorOf(frame));
      drop();
    }
  }

  function refuse(id: string, entry: Entry, error: ApiError): void {
    if (isForGood(error)) {
      entries.delete(id);
      entry.subscriber.onError?.(error);
      return settle();
    }
    forgetPause(id);
    entry.refusals += 1;
    entry.again = setTimeout(() => void start(id), Math.max(pauseAfter(entry.refusals), waitOf(error)));
    showLive();
    // Many pages that come back at once are too fast together: that is no news.
    if (!(error instanceof TooManyRequestsError)) entry.subscriber.onInterrupted?.(error);
  }

  /** After one of them is gone. */
  function settle(): void {
    if (entries.size === 0) drop();
    else if (acknowledged) showLive();
  }

  async function start(id: string): Promise<void> {
    forgetPause(id);
    const over = socket;
    const headers = await authorization().catch(() => undefined);
    const entry = entries.get(id);
    if (!entry || socket !== over || over?.readyState !== WebSocket.OPEN) return;
    if (!headers) return drop();
    over.send(startFrame(id, entry.query, entry.variables, headers));
  }

  function forgetPause(id: string): void {
    const entry = entries.get(id);
    clearTimeout(entry?.again);
    delete entry?.again;
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
    for (const [id, entry] of entries) {
      forgetPause(id);
      entry.isTaken = false;
    }
    acknowledged = false;
    const dropped = socket;
    socket = undefined;
    if (dropped?.readyState !== WebSocket.CONNECTING) dropped?.close();
    // Closed before it is open, it would be told of as a failure.
    else dropped.onopen = () => dropped.close();
  }

  function tryLater(): void {
    if (!navigator.onLine) return setStatus('offline');
    failures += 1;
    setStatus(statusAfter(failures));
    clearTimeout(retry);
    retry = setTimeout(() => void connect(), pauseAfter(failures));
  }

  const retryNow = (): void => {
    clearTimeout(retry);
    for (const [id, { again }] of entries) if (again) void start(id);
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
      const asked = { query: document.toString(), variables, subscriber: subscriber as Subscriber<unknown> };
      entries.set(id, { ...asked, isTaken: false, refusals: 0 });
      if (acknowledged) void start(id);
      else if (status === 'idle') void connect();
      return () => {
        forgetPause(id);
        if (!entries.delete(id)) return;
        if (socket?.readyState === WebSocket.OPEN) socket.send(stopFrame(id));
        settle();
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
      leave();
      entries.clear();
      drop();
    },
  };
}
