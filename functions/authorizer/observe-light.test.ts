import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AuthorizerAnswer } from './authorize.ts';
import { observeLight } from './observe-light.ts';

const event = { authorizationToken: 'a-token' };
const context = {
  tenantId: 'T1',
  tier: 'BASIC',
  role: 'TENANT_USER',
  userId: 'u',
  shardCount: '1',
  tokenExpiresAt: '9',
};
let lines: Record<string, unknown>[];
beforeEach(() => {
  lines = [];
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'authorizer');
  vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'Cotenant');
});
afterEach(() => vi.unstubAllEnvs());

const invoke = (answer: () => Promise<AuthorizerAnswer>) =>
  observeLight(
    answer,
    (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    () => 1_000,
  )(event, { awsRequestId: 'request-1' });

const measured = (name: string, dimensions: readonly string[]) => ({
  _aws: {
    Timestamp: 1_000,
    CloudWatchMetrics: [{ Namespace: 'Cotenant', Dimensions: [dimensions], Metrics: [{ Name: name, Unit: 'Count' }] }],
  },
  service: 'authorizer',
  function_request_id: 'request-1',
  [name]: 1,
});

test('who is let in is counted by tier, with the tenant beside it', async () => {
  const answer = { isAuthorized: true, resolverContext: context, ttlOverride: 60 };
  expect(await invoke(() => Promise.resolve(answer))).toBe(answer);
  expect(lines).toEqual([{ ...measured('Admitted', ['service', 'tier']), tier: 'BASIC', tenantId: 'T1' }]);
});

test('who is not is counted without a tenant', async () => {
  await invoke(() => Promise.resolve({ isAuthorized: false, ttlOverride: 0 }));
  expect(lines).toEqual([measured('Denied', ['service'])]);
});

test('a fault is told, counted and thrown', async () => {
  await expect(invoke(() => Promise.reject(new Error('no registry')))).rejects.toThrow('no registry');
  expect(lines[0]).toMatchObject({ level: 'ERROR', error: { message: 'no registry' }, service: 'authorizer' });
  expect(lines[1]).toEqual(measured('Faults', ['service']));
  expect(JSON.stringify(lines)).not.toContain(event.authorizationToken);
});
