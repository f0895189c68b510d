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

/** Lets the newest connection in. */
async function open(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  latest().open();
  latest().say({ type: 'connection_ack', payload: { connectionTimeoutMs: 24 * 3600 * 1000 } });
  await vi.advanceTimersByTimeAsync(0);
}

/** The subscriptions that the newest connection was asked for. */
const starts = (): (string | undefined)[] =>
  latest()
    .sent.filter(({ type }) => type === 'start')
    .map(({ id }) => id);

/** Lets the newest connection in and takes its subscription. */
async function admit(): Promise<void> {
  await open();
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

const refusal = (errorType: string | undefined): Frame => ({
  type: 'error',
  id: 's1',
  payload: { errors: [{ message: 'No', ...(errorType !== undefined && { errorType }) }] },
});

test.each(['Unauthorized', 'BadRequestException', undefined])(
  'what the server refuses as %s is not tried again, and nothing is said to be live',
  async (errorType) => {
    const { heard } = subscribe();
    await open();
    latest().say(refusal(errorType));
    expect(heard.errors).toEqual([errorType ?? 'Http200']);
    expect(client.status).toBe('idle');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
  },
);

test.each(['GateUnavailable', 'UnauthorizedException', 'TenantSuspended', 'QuotaExceeded'])(
  'what a fault of the kind %s refuses is asked for again with growing pauses, while the others go on; until then it is not live',
  async (errorType) => {
    const { heard } = subscribe();
    const other = subscribe();
    await open();
    latest().say({ type: 'start_ack', id: 's2' });
    expect(client.status).toBe('live');
    latest().say(refusal(errorType));
    expect(client.status).toBe('waiting');
    await vi.advanceTimersByTimeAsync(500);
    latest().say(refusal(errorType));
    expect(client.status).toBe('interrupted');
    await vi.advanceTimersByTimeAsync(999);
    expect(starts()).toEqual(['s1', 's2', 's1']);
    await vi.advanceTimersByTimeAsync(1);
    expect(starts()).toEqual(['s1', 's2', 's1', 's1']);
    expect(client.status).toBe('interrupted');
    latest().say({ type: 'start_ack', id: 's1' });
    expect(client.status).toBe('live');
    expect(heard).toMatchObject({ ready: 1, errors: [], interruptions: [errorType, errorType] });
    expect(other.heard).toMatchObject({ ready: 1, interruptions: [] });
    expect(sockets).toHaveLength(1);
  },
);

test('what is refused is asked for at once where somebody wants that, and no more once nobody does', async () => {
  const { stop } = subscribe();
  subscribe();
  await open();
  latest().say({ type: 'start_ack', id: 's2' });
  latest().say(refusal('GateUnavailable'));
  client.retry();
  await vi.advanceTimersByTimeAsync(0);
  expect(starts()).toEqual(['s1', 's2', 's1']);
  latest().say(refusal('GateUnavailable'));
  stop();
  expect(client.status).toBe('live');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(starts()).toEqual(['s1', 's2', 's1']);
});

test('one that comes while another is refused is asked for too', async () => {
  subscribe();
  await open();
  latest().say(refusal('GateUnavailable'));
  subscribe();
  await vi.advanceTimersByTimeAsync(0);
  expect(starts()).toEqual(['s1', 's2']);
});

test('what was too fast is tried again when it may be, and no news', async () => {
  const { heard } = subscribe();
  await open();
  const slowly = { message: 'No', errorType: 'TooManyRequests', errorInfo: { retryAfterMs: 3000 } };
  latest().say({ type: 'error', id: 's1', payload: { errors: [slowly] } });
  await vi.advanceTimersByTimeAsync(2999);
  expect(starts()).toEqual(['s1']);
  await vi.advanceTimersByTimeAsync(1);
  expect(starts()).toEqual(['s1', 's1']);
  latest().say({ type: 'start_ack', id: 's1' });
  expect(heard).toMatchObject({ errors: [], interruptions: [], ready: 1 });
});

test('what is over its quota is asked for when that starts anew', async () => {
  subscribe();
  await open();
  const usedUp = { message: 'No', errorType: 'QuotaExceeded', errorInfo: { resetsAt: '2026-11-29T00:00:00Z' } };
  latest().say({ type: 'error', id: 's1', payload: { errors: [usedUp] } });
  token = tokenFor(24 * 3600);
  await vi.advanceTimersByTimeAsync(3599_000);
  expect(starts()).toEqual(['s1']);
});

test('a refusal that names none is of those that were not taken yet', async () => {
  const taken = subscribe();
  await open();
  latest().say({ type: 'start_ack', id: 's1' });
  const { heard } = subscribe();
  await vi.advanceTimersByTimeAsync(0);
  // As AppSync writes it: without an id, and one error in place of a list.
  latest().say({
    type: 'error',
    payload: { errors: { message: 'Rate limit exceeded', errorType: 'LimitExceededError' } },
  });
  await vi.advanceTimersByTimeAsync(500);
  expect(starts()).toEqual(['s1', 's2', 's2']);
  expect(heard.interruptions).toEqual(['LimitExceededError']);
  expect(taken.heard.interruptions).toEqual([]);
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
