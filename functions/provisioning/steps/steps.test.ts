import { createHash } from 'node:crypto';
import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { NoSuchKey } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { aStack, createFakeStack } from '../testing/fake-stack.ts';
import { aWork } from '../testing/work.ts';
import type { DoStep, Services } from '../work.ts';
import { deleteRetained } from './delete-retained.ts';
import { deleteStack } from './delete-stack.ts';
import { liftProtection } from './lift-protection.ts';
import { readRelease } from './read-release.ts';
import { register } from './register.ts';
import { smokeCheck } from './smoke-check.ts';
import { unregister } from './unregister.ts';

/** A client of AWS that answers each command as `answer` does. */
function client<Client>(answer: (name: string, input: Record<string, unknown>) => unknown): Client {
  const send = async (command: { readonly input: Record<string, unknown> }) =>
    answer(command.constructor.name.replace(/Command$/, ''), command.input);
  return { send } as unknown as Client;
}

describe('READ_RELEASE', () => {
  const template = Buffer.from('{}');
  const sha256 = createHash('sha256').update(template).digest('hex');
  const read = (release: string, files: Readonly<Record<string, string | Buffer>>) => {
    const s3 = client<Services['s3']>((_, { Key }) => {
      const bytes = files[String(Key)];
      if (bytes === undefined) throw new NoSuchKey({ message: String(Key), $metadata: {} });
      return { Body: { transformToByteArray: async () => Buffer.from(bytes) } };
    });
    const work = aWork({ s3 });
    return readRelease({ ...work, run: { ...work.run, release } });
  };
  const manifest = JSON.stringify({ template: { key: 'releases/2/template.json', sha256 }, assets: [{}, {}] });

  test('finds it whole', async () => {
    const files = { 'releases/2/manifest.json': manifest, 'releases/2/template.json': template };
    expect(await read('2', files)).toBe(`2 assets, template ${sha256.slice(0, 12)}`);
  });
  test.each([
    ['that is not there', '2', {}, 'manifest.json is not in the bucket releases'],
    [
      'whose template is another one',
      '2',
      { 'releases/2/manifest.json': manifest, 'releases/2/template.json': '{ }' },
      `expected ${sha256}`,
    ],
    ['that is a path', '../secrets', {}, 'not the name of a release'],
    ['that climbs', '2..', {}, 'not the name of a release'],
  ])('refuses one %s', async (_, release, files, message) => {
    await expect(read(release, files)).rejects.toMatchObject({
      name: 'ReleaseError',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('SMOKE_CHECK', () => {
  const check = (health: () => unknown, { status = 401, poolId = 'pool' } = {}) => {
    const fake = createFakeStack();
    const outputs = { GraphqlUrl: 'https://api', ApiId: 'api', UserPoolId: 'pool' };
    const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
    fake.stack = { ...aStack('UPDATE_COMPLETE'), Outputs };
    return smokeCheck(
      aWork({
        cloudFormation: fake.client,
        cognito: client(() => ({ UserPool: { Id: poolId } })),
        graphql: () => async () => ({ health: health() } as never),
        fetch: async () => new Response('', { status }),
      }),
    );
  };
  const well = () => ({ stack: 'T1', release: '2' });

  test('is content with a stack that serves the release, and asks again while it does not yet', async () => {
    let looks = 0;
    const later = () => {
      looks += 1;
      return { stack: 'T1', release: looks < 4 ? '1' : '2' };
    };
    expect(await check(later)).toBe('the API api serves release 2');
    expect(looks).toBe(4);
  });
  test.each([
    ['another release', () => check(() => ({ stack: 'T1', release: '1' })), 'health: got T1 1, expected T1 2'],
    ['another stack', () => check(() => ({ stack: 'T2', release: '2' })), 'health: got T2 2, expected T1 2'],
    ['an open API', () => check(well, { status: 200 }), 'a call without a token: got 200, expected 401'],
    ['another pool', () => check(well, { poolId: 'other' }), 'user pool: got other, expected pool'],
  ])('refuses %s', async (_, run, message) => {
    await expect(run()).rejects.toMatchObject({ name: 'SmokeCheckError', message });
  });
  test('refuses a stack without outputs', async () => {
    const fake = createFakeStack();
    fake.stack = aStack('UPDATE_COMPLETE');
    await expect(smokeCheck(aWork({ cloudFormation: fake.client }))).rejects.toThrow('outputs: got none');
  });
});

describe('REGISTER', () => {
  const row = { apiId: 'api', graphqlUrl: 'https://api', userPoolId: 'pool', userPoolClientId: 'client' };
  const look = (Item: object | undefined) => register(aWork({ documents: client(() => ({ Item })) }));

  test('finds where the stack is', async () => expect(await look(row)).toBe('https://api'));
  test.each([undefined, ...Object.keys(row).map((name) => ({ ...row, [name]: undefined }))])(
    'refuses %j',
    async (item) => {
      await expect(look(item)).rejects.toMatchObject({ name: 'NotRegisteredError', tenantId: 'T1' });
    },
  );
});

describe('a removal', () => {
  const removal = () => {
    const fake = createFakeStack();
    fake.stack = { ...aStack('UPDATE_COMPLETE'), EnableTerminationProtection: true };
    fake.becomes['DeleteStack'] = ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
    const summary = {
      ResourceStatus: 'CREATE_COMPLETE',
      LastUpdatedTimestamp: new Date(0),
      LogicalResourceId: 'L',
    } as const;
    fake.resources = [
      { ...summary, ResourceType: 'AWS::DynamoDB::Table', PhysicalResourceId: 'orders' },
      { ...summary, ResourceType: 'AWS::Lambda::Function', PhysicalResourceId: 'function' },
    ];
    const told: string[] = [];
    let looks = 0;
    const dynamodb = client<Services['dynamodb']>((name, { TableName }) => {
      told.push(`${name} ${TableName} after ${fake.calls.length}`);
      if (name !== 'DescribeTable') return {};
      looks += 1;
      if (looks < 3) return { Table: { TableStatus: looks === 1 ? 'ACTIVE' : 'DELETING' } };
      throw new ResourceNotFoundException({ message: 'gone', $metadata: {} });
    });
    return { fake, told, work: aWork({ cloudFormation: fake.client, dynamodb }) };
  };
  const all: readonly DoStep[] = [liftProtection, deleteStack, deleteRetained, unregister];

  test('notes what outlives the stack before anything goes, and deletes that too', async () => {
    const { fake, told, work } = removal();
    expect(await liftProtection(work)).toBe('1 tables and pools');
    expect(work.run.notes).toEqual({ retained: [{ type: 'AWS::DynamoDB::Table', id: 'orders' }] });
    expect(await deleteStack(work)).toBe('deleted');
    expect(await deleteRetained(work)).toBe('1 deleted');
    expect(await unregister(work)).toBe('no stack is left');
    expect(fake.calls).toEqual(['UpdateTerminationProtection', 'DeleteStack']);
    expect(told.filter((call) => call.startsWith('DeleteTable'))).toEqual(['DeleteTable orders after 2']);
    expect(work.run.notes).toEqual({ retained: [] });
  });

  test('done again does nothing more', async () => {
    const { fake, work } = removal();
    for (const step of [...all, ...all]) await step(work);
    expect(fake.calls.filter((call) => call === 'DeleteStack')).toHaveLength(1);
  });

  test('that CloudFormation cannot do says so; a stack that is there again is told of', async () => {
    const { fake, work } = removal();
    fake.becomes['DeleteStack'] = ['DELETE_FAILED'];
    await expect(deleteStack(work)).rejects.toMatchObject({ name: 'StackFailedError', status: 'DELETE_FAILED' });
    await expect(unregister(work)).rejects.toThrow('it is there again');
  });
});
