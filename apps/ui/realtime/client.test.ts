import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Frame } from './protocol.ts';
import { createRealtimeClient, type LiveStatus, type RealtimeClient } from './client.ts';

/** A browser's WebSocket, whose server is the test. */
class TestSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  readyState = TestSocket.CONNECTING;
  readonly sent: { readonly type: string; readonly id?: string }[] = [];
  onopen: (() => void) | undefined;
  onclose: (() => void) | undefined;
  onmessage: ((event: { readonly data: string }) => void) | undefined;
  constructor() {
    sockets.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as { type: string });
  }
  close(): void {
    this.readyState = 3;
    this.onclose?.();
  }
  open(): void {
    this.readyState = TestSocket.OPEN;
    this.onopen?.();
  }
  say(frame: Frame): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

const start = new Date('2026-11-28T12:00:00Z');
const tokenFor = (seconds: number): string =>
  ['e30', btoa(JSON.stringify({ exp: start.getTime() / 1000 + seconds })), ''].join('.');

let sockets: TestSocket[];
let client: RealtimeClient;
let statuses: LiveStatus[];
let token: string;
beforeEach(() => {
  vi.useFakeTimers({ now: start });
  vi.stubGlobal('WebSocket', TestSocket);
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('addEventListener', () => undefined);
  vi.stubGlobal('removeEventListener', () => undefined);
  sockets = [];
  statuses = [];
  token = tokenFor(3600);
  client = createRealtimeClient({
    graphqlUrl: 'https://api.example/graphql',
    realtimeUrl: 'wss://api.example/realtime',
    authorize: () => Promise.resolve({ authorization: token }),
    random: () => 1,
  });
  client.onStatus((status) => statuses.push(status));
});
afterEach(() => {
  client.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const latest = (): TestSocket => {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('Nobody has connected');
  return socket;
};

/** Lets the newest connection in and takes its subscription. */
async function admit(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  latest().open();
  latest().say({ type: 'connection_ack', payload: { connectionTimeoutMs: 24 * 3600 * 1000 } });
  await vi.advanceTimersByTimeAsync(0);
  latest().say({ type: 'start_ack', id: 's1' });
}

function subscribe() {
  const heard = { data: 0, ready: 0, errors: [] as string[], interruptions: [] as string[] };
  const stop = client.subscribe(
    'subscription Things { things }' as never,
    {},
    {
      onData: () => (heard.data += 1),
      onReady: () => (heard.ready += 1),
      onInterrupted: ({ code }) => heard.interruptions.push(code),
      onError: ({ code }) => heard.errors.push(code),
    },
  );
  return { heard, stop };
}

test('subscribes anew with another token once its own has expired, since nothing is delivered after that', async () => {
  const { heard } = subscribe();
  await admit();
  await vi.advanceTimersByTimeAsync(3600_000);
  expect(sockets).toHaveLength(1);
  token = tokenFor(7200);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sockets).toHaveLength(2);
  await admit();
  expect(heard.ready).toBe(2);
  expect(latest().sent.map(({ type }) => type)).toEqual(['connection_init', 'start']);
});

test('what the server ends is told, and subscribed to anew with growing pauses', async () => {
  const { heard } = subscribe();
  await admit();
  latest().say({ type: 'complete', id: 's1' });
  expect(heard.interruptions).toEqual(['SubscriptionEnded']);
  expect(client.status).toBe('waiting');
  await vi.advanceTimersByTimeAsync(500);
  expect(sockets).toHaveLength(2);
  latest().open();
  latest().say({ type: 'connection_error', payload: { errors: [{ message: 'No', errorType: 'Unauthorized' }] } });
  expect(heard.interruptions).toEqual(['SubscriptionEnded', 'Unauthorized']);
  expect(client.status).toBe('interrupted');
  await vi.advanceTimersByTimeAsync(999);
  expect(sockets).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  await admit();
  expect(heard.ready).toBe(2);
  expect(client.status).toBe('live');
});

test('stays interrupted while it is tried again, at once where somebody asks for that', async () => {
  subscribe();
  await admit();
  latest().close();
  await vi.advanceTimersByTimeAsync(500);
  latest().close();
  client.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets).toHaveLength(3);
  expect(client.status).toBe('interrupted');
  await admit();
  expect(statuses).toEqual(['connecting', 'live', 'waiting', 'connecting', 'interrupted', 'live']);
});

test('what the server refuses is not tried again, and nothing is said to be live', async () => {
  const { heard } = subscribe();
  await vi.advanceTimersByTimeAsync(0);
  latest().open();
  latest().say({ type: 'connection_ack' });
  latest().say({ type: 'error', id: 's1', payload: { errors: [{ message: 'No', errorType: 'TenantSuspended' }] } });
  expect(heard.errors).toEqual(['TenantSuspended']);
  expect(client.status).toBe('idle');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets).toHaveLength(1);
});

test('what was too fast is tried again', async () => {
  const { heard } = subscribe();
  await vi.advanceTimersByTimeAsync(0);
  latest().open();
  latest().say({ type: 'connection_ack' });
  latest().say({ type: 'error', id: 's1', payload: { errors: [{ message: 'No', errorType: 'TooManyRequests' }] } });
  await vi.advanceTimersByTimeAsync(500);
  await admit();
  expect(heard).toMatchObject({ errors: [], ready: 1 });
});

test('is closed without a complaint of the browser where it is not open yet', async () => {
  const { stop } = subscribe();
  await vi.advanceTimersByTimeAsync(0);
  stop();
  expect(latest().readyState).toBe(TestSocket.CONNECTING);
  latest().open();
  expect(latest().readyState).toBe(3);
  expect(statuses).toEqual(['connecting', 'idle']);
});
