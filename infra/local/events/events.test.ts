import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AwsError } from '../errors.ts';
import type { Json, LocalService, ResourceProvider, ServicePrincipal } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createEvents } from './index.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:listener';
const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:audit:*';

let cloud: RunningServices;
let events: LocalService;
let client: EventBridgeClient;
let denied = '';
/** Milliseconds by which the clock is ahead. */
let ahead = 0;
const invoked: { readonly caller: unknown; readonly arn: string; readonly payload: Json }[] = [];
const logged: { readonly group: string; readonly messages: readonly string[] }[] = [];
let failures: Error[] = [];

beforeAll(async () => {
  const functions = {
    invokeLater: async (caller: unknown, arn: string, payload: Json) => {
      const failure = failures.shift();
      if (failure) throw failure;
      invoked.push({ caller, arn, payload });
    },
  };
  const logs = {
    write: (group: string, _stream: string, messages: readonly string[]) => void logged.push({ group, messages }),
  };
  const identity = {
    ...trustingIdentity,
    authorize: (_: unknown, action: string, resource: string) => {
      if (denied === `${action} ${resource}`) throw new AwsError('AccessDeniedException', `not ${action}`, 403);
    },
  };
  cloud = await startServices((environment, state) => {
    events = createEvents({ state, environment, clock: { now: () => Date.now() + ahead }, identity, functions, logs });
    return [events];
  }, identity);
  client = new EventBridgeClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});
beforeEach(() => {
  invoked.length = 0;
  logged.length = 0;
  failures = [];
});

async function rule(Name: string, pattern: object, target: object, EventBusName?: string): Promise<string> {
  const { RuleArn } = await client.send(
    new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(pattern) }),
  );
  await client.send(
    new PutTargetsCommand({ Rule: Name, EventBusName, Targets: [{ Id: '1', Arn: functionArn, ...target }] }),
  );
  return RuleArn as string;
}

const entry = (source: string, detail: object, EventBusName?: string) => ({
  Source: source,
  DetailType: 'made',
  Detail: JSON.stringify(detail),
  EventBusName,
});
const put = (source: string, detail: object = {}, bus?: string) =>
  client.send(new PutEventsCommand({ Entries: [entry(source, detail, bus)] }));

describe('events', () => {
  test('reach the functions whose rules match, as their rule', async () => {
    const ruleArn = await rule('match', { source: ['app.match'], detail: { n: [{ numeric: ['>', 1] }] } }, {});
    await put('app.match', { n: 1 });
    const { Entries } = await put('app.match', { n: 2 });
    await expect.poll(() => invoked.length).toBe(1);
    const caller: ServicePrincipal = { service: 'events.amazonaws.com', sourceArn: ruleArn };
    const event = {
      version: '0',
      id: Entries?.[0]?.EventId,
      source: 'app.match',
      'detail-type': 'made',
      detail: { n: 2 },
      account: '000000000000',
      region: 'us-east-1',
    };
    expect(invoked[0]).toMatchObject({ caller, arn: functionArn, payload: event });
    await client.send(new DisableRuleCommand({ Name: 'match' }));
    await put('app.match', { n: 3 });
    await client.send(new EnableRuleCommand({ Name: 'match' }));
    await put('app.match', { n: 4 });
    await expect.poll(() => invoked.length).toBe(2);
    expect(invoked[1]?.payload).toMatchObject({ detail: { n: 4 } });
  });

  test('are shaped by input, by path and by template', async () => {
    await rule('fixed', { source: ['app.shape'] }, { Input: '{"fixed":true}' });
    await rule('path', { source: ['app.shape'] }, { InputPath: '$.detail.who' });
    const InputTemplate =
      '{"hello":"Dear <name>, of <rule>","raw":<name>,"all":<list>,"none":<none>,"by":<aws.events.rule-name>}';
    const InputPathsMap = { name: '$.detail.who.name', list: '$.detail.list', none: '$.detail.none', rule: '$.source' };
    await rule('template', { source: ['app.shape'] }, { InputTransformer: { InputPathsMap, InputTemplate } });
    await put('app.shape', { who: { name: 'A "B"' }, list: [1, { x: 2 }] });
    await expect.poll(() => invoked.length).toBe(3);
    expect(invoked.map(({ payload }) => payload)).toEqual(
      expect.arrayContaining([
        { fixed: true },
        { name: 'A "B"' },
        { hello: 'Dear A "B", of app.shape', raw: 'A "B"', all: [1, { x: 2 }], none: '', by: 'template' },
      ]),
    );
  });

  test('go on to another bus and to a log group', async () => {
    await client.send(new CreateEventBusCommand({ Name: 'other' }));
    await rule(
      'forward',
      { source: ['app.forward'] },
      { Arn: 'arn:aws:events:us-east-1:000000000000:event-bus/other' },
    );
    await rule('log', { source: ['app.forward'] }, { Arn: logGroupArn }, 'other');
    const { Entries } = await put('app.forward', { x: 1 });
    await expect.poll(() => logged.length).toBe(1);
    expect(logged[0]?.group).toBe('audit');
    expect(JSON.parse(logged[0]?.messages[0] ?? '')).toMatchObject({ id: Entries?.[0]?.EventId, detail: { x: 1 } });
  });

  test('are tried again until the target has them; what cannot be mended is given up and told', async () => {
    await rule('retry', { source: ['app.retry'] }, {});
    failures = [new Error('busy')];
    await put('app.retry');
    await expect.poll(() => invoked.length).toBe(1);

    // The permission of a new rule may be made after it.
    failures = [new AwsError('AccessDeniedException', 'no permission', 403)];
    await put('app.retry');
    await expect.poll(() => invoked.length).toBe(2);
    expect(logged).toEqual([]);

    ahead = 6 * 60_000;
    failures = [new AwsError('AccessDeniedException', 'no permission', 403)];
    await put('app.retry', { secret: 'hidden' });
    await expect.poll(() => logged.length).toBe(1);
    expect(logged[0]?.group).toBe('/aws/events/undelivered');
    expect(logged[0]?.messages[0]).toContain('no permission');
    expect(logged[0]?.messages[0]).not.toContain('hidden');

    await rule('once', { source: ['app.once'] }, { RetryPolicy: { MaximumRetryAttempts: 0 } });
    failures = [new Error('busy')];
    await put('app.once');
    await expect.poll(() => logged.length).toBe(2);
    expect(invoked.length).toBe(2);
    ahead = 0;
  });

  test('that are wrong are refused one by one', async () => {
    await rule('wrong', { source: ['app.wrong'] }, {});
    const Entries = [
      entry('app.wrong', {}),
      { ...entry('app.wrong', {}), Detail: '{' },
      { ...entry('app.wrong', {}), Detail: '[]' },
      entry('aws.ec2', {}),
      { ...entry('app.wrong', {}), DetailType: undefined },
      entry('app.wrong', {}, 'nowhere'),
    ];
    const answer = await client.send(new PutEventsCommand({ Entries }));
    expect(answer.FailedEntryCount).toBe(5);
    expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'MalformedDetail',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
      'InvalidArgument',
    ]);
    await expect(put('app.wrong', { text: 'x'.repeat(256 * 1024) })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect.poll(() => invoked.length).toBe(1);
  });

  test('may be put only by who is allowed to', async () => {
    denied = 'events:PutEvents arn:aws:events:us-east-1:000000000000:event-bus/default';
    await expect(put('app.match', { n: 5 })).rejects.toMatchObject({ name: 'AccessDeniedException' });
    denied = '';
    expect(invoked).toEqual([]);
  });
});

describe('buses and rules', () => {
  test('are made, listed and deleted from the inside out', async () => {
    await client.send(new CreateEventBusCommand({ Name: 'full' }));
    await expect(client.send(new CreateEventBusCommand({ Name: 'full' }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await rule('r', { source: ['x'] }, { Input: '1' }, 'full');
    const { EventBuses } = await client.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['default', 'full']));
    expect((await client.send(new DescribeEventBusCommand({}))).Arn).toMatch(/event-bus\/default$/);
    const described = await client.send(new DescribeRuleCommand({ Name: 'r', EventBusName: 'full' }));
    expect(described).toMatchObject({
      Arn: 'arn:aws:events:us-east-1:000000000000:rule/full/r',
      State: 'ENABLED',
      EventPattern: '{"source":["x"]}',
    });
    const target = { Rule: 'r', EventBusName: 'full' };
    expect((await client.send(new ListTargetsByRuleCommand(target))).Targets).toEqual([
      { Id: '1', Arn: functionArn, Input: '1' },
    ]);

    await expect(client.send(new DeleteEventBusCommand({ Name: 'full' }))).rejects.toThrow('has rules');
    await expect(client.send(new DeleteRuleCommand({ Name: 'r', EventBusName: 'full' }))).rejects.toThrow(
      'has targets',
    );
    await client.send(new RemoveTargetsCommand({ ...target, Ids: ['1'] }));
    await client.send(new DeleteRuleCommand({ Name: 'r', EventBusName: 'full' }));
    expect((await client.send(new ListRulesCommand({ EventBusName: 'full' }))).Rules).toEqual([]);
    await client.send(new DeleteEventBusCommand({ Name: 'full' }));
    await expect(client.send(new DescribeEventBusCommand({ Name: 'full' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test.each<[string, object]>([
    ['a pattern that is none', { EventPattern: '{"source":"x"}' }],
    ['a schedule that is none', { ScheduleExpression: 'rate(1 minutes)' }],
    ['a schedule on another bus', { ScheduleExpression: 'rate(1 minute)', EventBusName: 'other' }],
    ['neither', {}],
  ])('%s is refused', async (_, input) => {
    await expect(client.send(new PutRuleCommand({ Name: 'bad', ...input }))).rejects.toThrow();
  });

  test('a target of a kind that is not here is refused by name', async () => {
    const target = rule('queue', { source: ['x'] }, { Arn: 'arn:aws:sqs:us-east-1:000000000000:q' });
    await expect(target).rejects.toThrow(
      'The target arn:aws:sqs:us-east-1:000000000000:q is of a kind that is not supported here',
    );
  });

  test('a pattern can be tried', async () => {
    const Event = JSON.stringify({ id: '1', source: 'a', detail: { x: 1 } });
    const tried = await client.send(new TestEventPatternCommand({ EventPattern: '{"detail":{"x":[1]}}', Event }));
    expect(tried.Result).toBe(true);
  });
});

describe('CloudFormation types', () => {
  const scope = { stackName: 'Stack', stackId: 'id', logicalId: 'Thing', tags: {} };
  const provider = (type: string): ResourceProvider =>
    events.providers?.find((candidate) => candidate.type === type) as ResourceProvider;

  test('a bus, its rule and its policy are made once for one token, updated and deleted', async () => {
    const bus = provider('AWS::Events::EventBus');
    const made = await bus.create({ ...scope, token: 't1', properties: { Name: 'made' } });
    expect(await bus.create({ ...scope, token: 't1', properties: { Name: 'made' } })).toEqual(made);
    await expect(bus.create({ ...scope, token: 't2', properties: { Name: 'made' } })).rejects.toThrow('already exists');

    const rules = provider('AWS::Events::Rule');
    const properties = {
      EventBusName: 'made',
      EventPattern: { source: ['app.made'] },
      Targets: [{ Id: 'f', Arn: functionArn }],
    };
    const { physicalId, attributes } = await rules.create({ ...scope, token: 't3', properties });
    expect(physicalId).toBe('made|Stack-Thing-t3');
    expect(attributes['Arn']).toBe('arn:aws:events:us-east-1:000000000000:rule/made/Stack-Thing-t3');
    await put('app.made', {}, 'made');
    await expect.poll(() => invoked.length).toBe(1);
    const unknown = { ...properties, Targets: [{ Id: 'f', Arn: functionArn, KinesisParameters: {} }] };
    await expect(rules.update({ ...scope, physicalId, properties: unknown, previous: properties })).rejects.toThrow(
      'KinesisParameters',
    );

    const policy = provider('AWS::Events::EventBusPolicy');
    const Statement = { Effect: 'Allow', Principal: '*', Action: 'events:PutEvents' };
    const { physicalId: policyId } = await policy.create({
      ...scope,
      token: 't4',
      properties: { StatementId: 'S', EventBusName: 'made', Statement },
    });
    expect((await client.send(new DescribeEventBusCommand({ Name: 'made' }))).Policy).toContain('"Sid":"S"');
    await policy.delete({ ...scope, physicalId: policyId, properties: {} });
    await rules.delete({ ...scope, physicalId, properties });
    await rules.delete({ ...scope, physicalId, properties });
    await bus.delete({ ...scope, physicalId: 'made', properties: {} });
    await bus.delete({ ...scope, physicalId: 'made', properties: {} });
  });
});
