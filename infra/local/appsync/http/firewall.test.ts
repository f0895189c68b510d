import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalService } from '../../service.ts';
import { type RunningServices, startServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createAppsync } from '../index.ts';
import { authorizerArn, deployApi } from '../testing/deploy.ts';
import { fakeServices } from '../testing/fake-services.ts';

const services = fakeServices();
const asked: [string, string][] = [];
let isOpen = true;
let running: RunningServices;
let appsync: LocalService;
let apiId: string;

beforeAll(async () => {
  running = await startServices((environment, state) => {
    appsync = createAppsync({
      state,
      environment,
      identity: trustingIdentity,
      clock: { now: () => Date.now() },
      ...services.dependencies,
      firewall: {
        admits: (resourceArn, address) => {
          asked.push([resourceArn, address]);
          return isOpen;
        },
      },
    });
    return [appsync];
  });
  services.onInvoke(authorizerArn, () => ({ failed: false, payload: { isAuthorized: true, resolverContext: {} } }));
  ({ apiId } = await deployApi(appsync, { schema: 'type Query { ping: String }' }));
});

afterAll(() => running.stop());

const ping = () =>
  fetch(`${running.endpoint}/graphql/${apiId}`, {
    method: 'POST',
    headers: { authorization: 'token' },
    body: JSON.stringify({ query: '{ ping }' }),
  });

it('lets through what the firewall admits, by API and address', async () => {
  isOpen = true;
  const response = await ping();
  expect(await response.json()).toEqual({ data: { ping: null } });
  expect(asked).toEqual([[`arn:aws:appsync:us-east-1:000000000000:apis/${apiId}`, '127.0.0.1']]);
});

it('answers 403 to what it does not, before anyone is asked who it is', async () => {
  isOpen = false;
  const before = services.invocations.length;
  const response = await ping();
  expect(response.status).toBe(403);
  expect(response.headers.get('x-amzn-errortype')).toBe('WAFForbiddenException');
  expect(await response.json()).toEqual({
    errors: [{ errorType: 'WAFForbiddenException', message: '403 Forbidden' }],
  });
  expect(services.invocations).toHaveLength(before);
});
