import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalService, Logs, LogTimes } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { createLogs } from './index.ts';

const logGroupName = '/aws/codebuild/app';
let cloud: RunningServices;
let logs: Logs & LogTimes & Pick<LocalService, 'providers'>;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  cloud = await startServices((environment, state) => {
    const service = createLogs({ state, environment, clock: { now: () => 1_700_000_000_000 } });
    logs = service;
    return [service];
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new CloudWatchLogsClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials });
  logs.write(logGroupName, 'one', ['first', 'second\nwith a line more']);
  logs.write(logGroupName, 'two', ['other']);
  logs.write(logGroupName, 'one', ['third']);
});
afterAll(async () => {
  await cloud.stop();
  expect(cloud.faults).toEqual([]);
});

test('when a group was last written to is known; of one that never was, that it was not', async () => {
  await client.send(new GetLogEventsCommand({ logGroupName, logStreamName: 'one' }));
  expect(Math.abs(logs.lastWritten(logGroupName) - Date.now())).toBeLessThan(60_000);
  expect(logs.lastWritten('/aws/codebuild/never')).toBe(0);
});

test('the last messages of a stream are read, then the ones before', async () => {
  const input = { logGroupName, logStreamName: 'one', limit: 2 };
  const { events = [], nextBackwardToken: nextToken } = await client.send(new GetLogEventsCommand(input));
  expect(events.map(({ message }) => message)).toEqual(['second\nwith a line more', 'third']);
  const before = await client.send(new GetLogEventsCommand({ ...input, nextToken }));
  expect(before.events).toEqual([{ message: 'first', timestamp: 1_700_000_000_000, ingestionTime: 1_700_000_000_000 }]);
});

test('messages are found by text and stream; streams are listed', async () => {
  const found = await client.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '"o"' }));
  expect(found.events?.map(({ logStreamName, message }) => [logStreamName, message])).toEqual([
    ['one', 'second\nwith a line more'],
    ['two', 'other'],
  ]);
  const { logStreams = [] } = await client.send(new DescribeLogStreamsCommand({ logGroupName }));
  expect(logStreams.map(({ logStreamName }) => logStreamName)).toEqual(['one', 'two']);
});

test.each([
  ['/nope', 'one'],
  ['../../etc/passwd', 'one'],
  [logGroupName, 'nope'],
])('the group %s with the stream %s is not found', async (group, logStreamName) => {
  const answer = client.send(new GetLogEventsCommand({ logGroupName: group, logStreamName }));
  await expect(answer).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

describe('a group', () => {
  const groupsOf = async (logGroupNamePrefix: string) =>
    (await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }))).logGroups ?? [];
  const namesOf = async (prefix: string) => (await groupsOf(prefix)).map((group) => group.logGroupName);
  const fileOf = (name: string) => join(cloud.environment.folder, 'logs', name);

  test('is made once, listed, and deleted with what is in it', async () => {
    await client.send(new CreateLogGroupCommand({ logGroupName: '/mine/one' }));
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/mine/one' }))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: 'a b' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    expect(await groupsOf('/mine')).toEqual([
      {
        logGroupName: '/mine/one',
        arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/mine/one:*',
        logGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/mine/one',
        creationTime: 1_700_000_000_000,
      },
    ]);
    logs.write('/mine/one', 'stream', ['kept for a while']);
    await client.send(new GetLogEventsCommand({ logGroupName: '/mine/one', logStreamName: 'stream' }));
    expect(existsSync(fileOf('mine-one.log'))).toBe(true);
    await client.send(new DeleteLogGroupCommand({ logGroupName: '/mine/one' }));
    expect(existsSync(fileOf('mine-one.log'))).toBe(false);
    expect(await namesOf('/mine')).toEqual([]);
    await expect(client.send(new DeleteLogGroupCommand({ logGroupName: '/mine/one' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('is there as soon as something is written to it; lists come in pages', async () => {
    for (const name of ['c', 'a', 'b']) logs.write(`/pages/${name}`, 'stream', ['here']);
    expect(await namesOf('/pages')).toEqual(['/pages/a', '/pages/b', '/pages/c']);
    const pages = paginateDescribeLogGroups({ client, pageSize: 2 }, { logGroupNamePrefix: '/pages' });
    const sizes: number[] = [];
    for await (const { logGroups = [] } of pages) sizes.push(logGroups.length);
    expect(sizes).toEqual([2, 1]);
  });

  test('of a stack is made by its creation alone, and goes with the stack', async () => {
    const provider = logs.providers?.find(({ type }) => type === 'AWS::Logs::LogGroup');
    if (!provider) throw new Error('Log groups have a provider');
    const scope = { stackName: 's', stackId: 'id', logicalId: 'Logs', tags: {} };
    const properties = { LogGroupName: '/stack/api', RetentionInDays: 30 };
    const { physicalId } = await provider.create({ ...scope, token: 'one', properties });
    await provider.create({ ...scope, token: 'one', properties });
    await expect(provider.create({ ...scope, token: 'two', properties })).rejects.toMatchObject({
      code: 'ResourceAlreadyExistsException',
    });
    expect(await groupsOf('/stack')).toMatchObject([{ logGroupName: '/stack/api', retentionInDays: 30 }]);
    logs.write('/stack/api', 'stream', ['here']);
    await provider.delete({ ...scope, physicalId, properties });
    expect(await namesOf('/stack')).toEqual([]);
    expect(existsSync(fileOf('stack-api.log'))).toBe(false);
  });
});
