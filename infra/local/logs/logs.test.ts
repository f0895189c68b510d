import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Logs } from '../service.ts';
import { type RunningServices, startServices } from '../testing/start-services.ts';
import { createLogs } from './index.ts';

const logGroupName = '/aws/codebuild/app';
let cloud: RunningServices;
let logs: Logs;
let client: CloudWatchLogsClient;
beforeAll(async () => {
  cloud = await startServices((environment) => {
    const service = createLogs({ environment, clock: { now: () => 1_700_000_000_000 } });
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
