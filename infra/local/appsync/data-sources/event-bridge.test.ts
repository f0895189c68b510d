import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../errors.ts';
import { createEvents } from '../../events/index.ts';
import type { ConditionContext, EventIngestion, Identity, Json, JsonObject } from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import { startServices, type RunningServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createBatchQueue } from '../execution/batch-queue.ts';
import { fakeServices } from '../testing/fake-services.ts';
import type { DataSourceAnswer } from './data-source.ts';
import { dataSourceOpener } from './open-data-source.ts';
import { createPageTokens } from './page-tokens.ts';

const busArn = 'arn:aws:events:us-east-1:000000000000:event-bus/orders';
const roleArn = 'arn:aws:iam::000000000000:role/publisher';

let cloud: RunningServices;
let invoke: (request: Json) => Promise<DataSourceAnswer>;
/** What the bus sent on. */
let heard: JsonObject[] = [];
let asked: { role?: string; action: string; resource: string; context?: ConditionContext }[] = [];
let denied = false;

beforeAll(async () => {
  const identity: Identity = {
    ...trustingIdentity,
    authorize({ roleArn: role }, action, resource, context) {
      if (role === undefined) return;
      asked.push({
        role,
        action,
        resource,
        ...(context && { context: typeof context === 'function' ? context() : context }),
      });
      if (denied) throw new AwsError('AccessDeniedException', `${role} may not ${action}`, 403);
    },
  };
  const functions = { invokeLater: async (_caller: unknown, _arn: string, event: Json) => hear(event as JsonObject) };
  let events: EventIngestion | undefined;
  cloud = await startServices((environment, state) => {
    const { logs } = fakeServices().dependencies;
    const service = createEvents({ state, environment, clock: Date, identity, functions, logs });
    events = service;
    return [service];
  }, identity);
  if (!events) throw new Error('EventBridge was not built');
  const open = dataSourceOpener({
    ...fakeServices().dependencies,
    identity,
    events,
    tokens: createPageTokens(createMemoryState(), randomBytes),
  });
  const source = open({ type: 'AMAZON_EVENTBRIDGE', apiId: 'api', name: 'bus', roleArn, eventBusArn: busArn });
  invoke = (request) => source.invoke(request, { caller: 'Mutation.a', maxBatchSize: 0, batches: createBatchQueue() });
  await listen();
});
afterAll(async () => {
  expect(cloud.faults).toEqual([]);
  await cloud.stop();
});
beforeEach(() => {
  heard = [];
  asked = [];
  denied = false;
});

const hear = (event: JsonObject): void => void heard.push(event);

/** A rule that takes whatever comes to the bus. */
async function listen(): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new EventBridgeClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials });
  const rule = { EventBusName: 'orders', EventPattern: JSON.stringify({ account: ['000000000000'] }) };
  const Targets = [{ Id: 'f', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:listener' }];
  await client.send(new CreateEventBusCommand({ Name: 'orders' }));
  await client.send(new PutRuleCommand({ Name: 'all', ...rule }));
  await client.send(new PutTargetsCommand({ Rule: 'all', EventBusName: 'orders', Targets }));
  client.destroy();
}

const event = { source: 'shop.orders', detailType: 'OrderPlaced', detail: { order: 1 } };
const put = (...events: Json[]) => invoke({ operation: 'PutEvents', events });

describe('PutEvents', () => {
  it('answers the id of each event, and asks with source and detail type', async () => {
    const { result, error } = await put(event, { ...event, detailType: 'OrderPaid', resources: ['order/1'] });
    expect(error).toBeUndefined();
    await expect.poll(() => heard).toHaveLength(2);
    const idOf = (type: string) => heard.find((one) => one['detail-type'] === type)?.['id'];
    expect(result).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: idOf('OrderPlaced') }, { EventId: idOf('OrderPaid') }],
    });
    expect(heard.find((one) => one['detail-type'] === 'OrderPaid')).toMatchObject({
      source: 'shop.orders',
      detail: { order: 1 },
      resources: ['order/1'],
    });
    const asks = { role: roleArn, action: 'events:PutEvents', resource: busArn };
    expect(asked).toEqual([
      { ...asks, context: { 'events:source': 'shop.orders', 'events:detail-type': 'OrderPlaced' } },
      { ...asks, context: { 'events:source': 'shop.orders', 'events:detail-type': 'OrderPaid' } },
    ]);
  });

  it('takes the time that an event happened', async () => {
    await put({ ...event, time: '2023-01-01T02:30:00.123+02:00' });
    await expect.poll(() => heard).toMatchObject([{ time: '2023-01-01T00:30:00Z' }]);
  });

  it('tells which of the events it did not take', async () => {
    const { result, error } = await put({ ...event, source: 'aws.ec2' }, event);
    expect(error).toBeUndefined();
    expect(result).toEqual({
      FailedEntryCount: 1,
      Entries: [
        { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: expect.any(String) as string },
        { EventId: expect.any(String) as string },
      ],
    });
    await expect.poll(() => heard).toMatchObject([{ source: 'shop.orders' }]);
  });

  it.each<[string, string, Json[]]>([
    ['none', 'EventBridge:ValidationException', []],
    ['more than ten', 'EventBridge:ValidationException', Array<Json>(11).fill(event)],
    ['more than 256 KB', 'EventBridge:ValidationException', [{ ...event, detail: { text: 'x'.repeat(256 * 1024) } }]],
    ['what its role may not put', 'EventBridge:AccessDeniedException', [event]],
  ])('takes nothing of %s', async (what, type, events) => {
    denied = what.includes('role');
    expect(await put(...events)).toMatchObject({ result: null, error: { type } });
    expect(heard).toEqual([]);
  });

  it.each<[Json]>([
    [{ operation: 'Nope', events: [event] }],
    [{ operation: 'PutEvents', events: event }],
    [{ operation: 'PutEvents', events: [{ ...event, source: '' }] }],
    [{ operation: 'PutEvents', events: [{ ...event, detail: '{}' }] }],
    [{ operation: 'PutEvents', events: [{ ...event, detailType: null }] }],
    [{ operation: 'PutEvents', events: [{ ...event, resources: [1] }] }],
    [{ operation: 'PutEvents', events: [{ ...event, time: 'yesterday' }] }],
    [{ operation: 'PutEvents', events: [{ ...event, colour: 'red' }] }],
    [null],
  ])('refuses what is none: %j', async (request) => {
    await expect(invoke(request)).rejects.toMatchObject({ errorType: 'MappingTemplate' });
    expect(asked).toEqual([]);
  });
});
