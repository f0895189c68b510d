import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AwsError } from '../errors.ts';
import type { JsonObject } from '../service.ts';
import { createFakeStream, type FakeStream } from './testing/fake-stream.ts';
import { givenLambda, role, type GivenLambda } from './testing/given-lambda.ts';

const mappingType = 'AWS::Lambda::EventSourceMapping';

/** Notes the batches it gets in a file; a record whose id starts with `bad` fails as often as its `times` says. */
const recorder = `
  const { appendFileSync } = require('node:fs');
  const seen = new Map();
  exports.handler = async (event) => {
    const ids = event.Records.map((record) => record.dynamodb.Keys.id.S);
    appendFileSync(process.env.JOURNAL, JSON.stringify(process.env.WHOLE ? event.Records : ids) + '\\n');
    const failures = [];
    for (const { dynamodb: { Keys, NewImage, SequenceNumber } } of event.Records) {
      const id = Keys.id.S;
      const times = Number(NewImage.times?.N ?? 1e9);
      const count = (seen.get(id) ?? 0) + 1;
      seen.set(id, count);
      if (!id.startsWith('bad') || count > times) continue;
      if (!process.env.REPORT) throw new Error('cannot do ' + id);
      failures.push({ itemIdentifier: SequenceNumber });
    }
    return { batchItemFailures: failures };
  };
`;

let folder: string;
let stream: FakeStream;
let given: GivenLambda;
let restarted: GivenLambda | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'journal-'));
  stream = createFakeStream();
  given = await givenLambda({ tables: stream });
});
afterEach(async () => {
  await given.stop();
  await restarted?.stop();
  restarted = undefined;
  await rm(folder, { recursive: true, force: true });
});

const journal = async (name = 'consumer'): Promise<unknown[]> => {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
};
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 8000, interval: 10 });
const sees = (expected: unknown[], name?: string) =>
  eventually(async () => expect(await journal(name)).toEqual(expected));

async function deployConsumer(name = 'consumer', variables: JsonObject = {}): Promise<void> {
  const Variables = { JOURNAL: join(folder, name), ...variables };
  await given.deploy(name, recorder, { Environment: { Variables } });
}
const map = (properties: JsonObject = {}, name = 'consumer'): Promise<string> =>
  given.create(
    mappingType,
    { FunctionName: name, EventSourceArn: stream.arn, StartingPosition: 'TRIM_HORIZON', ...properties },
    name,
  );

test('records come at once, in order, in the shape of AWS, read as the function’s role', async () => {
  await deployConsumer('consumer', { WHOLE: 'yes' });
  stream.write('a');
  await map();
  await eventually(async () => expect((await journal()).flat()).toHaveLength(1));
  const written = performance.now();
  stream.write('b');
  await eventually(async () => expect((await journal()).flat()).toHaveLength(2));
  expect(performance.now() - written).toBeLessThan(1000);
  expect((await journal()).flat()[1]).toMatchObject({
    eventID: 'event-102',
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    eventSourceARN: stream.arn,
    dynamodb: { Keys: { id: { S: 'b' } }, SequenceNumber: '102', StreamViewType: 'NEW_AND_OLD_IMAGES' },
  });
  expect(new Set(stream.callers.map(({ roleArn }) => roleArn))).toEqual(new Set([role]));
});

test('batches are as large as asked for', async () => {
  await deployConsumer();
  for (const id of ['a', 'b', 'c', 'd', 'e']) stream.write(id);
  await map({ BatchSize: 2 });
  await sees([['a', 'b'], ['c', 'd'], ['e']]);
});

test('a batching window gathers what comes in it', async () => {
  await deployConsumer();
  await map({ BatchSize: 3, MaximumBatchingWindowInSeconds: 60 });
  for (const id of ['a', 'b', 'c']) {
    stream.write(id);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await sees([['a', 'b', 'c']]);
});

test('LATEST skips what was there before, also after a restart before the first record', async () => {
  await deployConsumer();
  stream.write('old');
  await map({ StartingPosition: 'LATEST' });
  await given.lambda.stop?.();
  stream.write('while down');
  restarted = await givenLambda({ tables: stream, state: given.state, environment: environmentOf(given) });
  await sees([['while down']]);
});

test('a restart goes on after the last record done', async () => {
  await deployConsumer();
  await map();
  stream.write('a');
  await sees([['a']]);
  await eventually(async () => expect(given.state.collection('lambda/checkpoints').size).toBe(1));
  await given.lambda.stop?.();
  stream.write('b');
  restarted = await givenLambda({ tables: stream, state: given.state, environment: environmentOf(given) });
  await sees([['a'], ['b']]);
});

test('a failed batch is tried again until it goes through, before what comes after it', async () => {
  await deployConsumer();
  stream.write('bad', { times: { N: '2' } });
  stream.write('b');
  await map({ BatchSize: 1 });
  await sees([['bad'], ['bad'], ['bad'], ['b']]);
});

test('a mapping that fails for ever holds up no other', async () => {
  await deployConsumer('stuck');
  stream.write('bad');
  await map({}, 'stuck');
  await eventually(async () => expect((await journal('stuck')).length).toBeGreaterThan(1));
  await deployConsumer();
  await map({ StartingPosition: 'LATEST' });
  stream.write('c');
  await sees([['c']]);
});

test('after its last retry a batch is given up, with a line in the log', async () => {
  await deployConsumer();
  stream.write('bad');
  stream.write('b');
  await map({ MaximumRetryAttempts: 1, BatchSize: 1 });
  await sees([['bad'], ['bad'], ['b']]);
  expect(given.logged.get('/aws/lambda/consumer')?.join('\n')).toContain('gives up 1 records');
});

test('bisecting isolates the record that fails', async () => {
  await deployConsumer();
  for (const id of ['a', 'b', 'bad', 'd']) stream.write(id);
  await map({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0 });
  await sees([['a', 'b', 'bad', 'd'], ['a', 'b'], ['bad', 'd'], ['bad'], ['d']]);
});

test('reported failures: only what follows the first of them is tried again', async () => {
  await deployConsumer('consumer', { REPORT: 'yes' });
  for (const id of ['a', 'bad', 'c']) stream.write(id, { times: { N: '1' } });
  await map({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  await sees([
    ['a', 'bad', 'c'],
    ['bad', 'c'],
  ]);
});

test('records that are too old are given up', async () => {
  await deployConsumer();
  stream.write('old', {});
  const now = Date.now() + 3_600_000;
  restarted = await givenLambda({
    tables: stream,
    state: given.state,
    environment: environmentOf(given),
    clock: { now: () => now },
  });
  await restarted.create(mappingType, {
    FunctionName: 'consumer',
    EventSourceArn: stream.arn,
    StartingPosition: 'TRIM_HORIZON',
    MaximumRecordAgeInSeconds: 60,
  });
  await eventually(async () =>
    expect(restarted?.logged.get('/aws/lambda/consumer')?.join()).toContain('older than 60 seconds'),
  );
  expect(await journal()).toEqual([]);
});

test('filters hold records back', async () => {
  await deployConsumer();
  const Pattern = JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['wanted'] } } } });
  await map({ FilterCriteria: { Filters: [{ Pattern }] } });
  stream.write('a', { kind: { S: 'other' } });
  stream.write('b', { kind: { S: 'wanted' } });
  await sees([['b']]);
  await expect(
    given.create(mappingType, {
      FunctionName: 'consumer',
      EventSourceArn: stream.arn,
      StartingPosition: 'LATEST',
      FilterCriteria: { Filters: [{ Pattern: '{"a":[{"sounds-like":"b"}]}' }] },
    }),
  ).rejects.toThrow('sounds-like is no comparison known here');
});

test('a child shard comes after its parent', async () => {
  await deployConsumer();
  await map();
  stream.write('a');
  await sees([['a']]);
  stream.split('shard-1', 'shard-2');
  stream.write('b', {}, 'shard-2');
  await sees([['a'], ['b']]);
});

test('an expired iterator, or a stream that fails for once, loses nothing and repeats nothing', async () => {
  await deployConsumer();
  await map();
  stream.write('a');
  await sees([['a']]);
  stream.expireIterators();
  stream.write('b');
  await sees([['a'], ['b']]);
  stream.failNext(new AwsError('InternalServerError', 'for once', 500));
  stream.write('c');
  await sees([['a'], ['b'], ['c']]);
});

test('a disabled mapping reads nothing; a role without access is refused at once', async () => {
  await deployConsumer();
  const id = await map({ Enabled: false });
  stream.write('a');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await journal()).toEqual([]);
  await given.update(mappingType, id, {
    FunctionName: 'consumer',
    EventSourceArn: stream.arn,
    StartingPosition: 'TRIM_HORIZON',
  });
  await sees([['a']]);
  stream.failNext(new AwsError('AccessDeniedException', 'not allowed to perform dynamodb:DescribeStream'));
  await deployConsumer('denied');
  await expect(map({}, 'denied')).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message: expect.stringContaining('Cannot access stream') as string,
  });
});

function environmentOf({ folder: place }: GivenLambda) {
  return {
    accountId: '000000000000',
    region: 'us-east-1',
    partition: 'aws',
    endpoint: 'http://localhost:4566',
    certificateAuthority: '',
    folder: place,
  };
}
