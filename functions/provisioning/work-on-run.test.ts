import { createHash } from 'node:crypto';
import { CloudFormationClient, type Stack } from '@aws-sdk/client-cloudformation';
import { ResourceNotFoundException as NoSuchUserPool } from '@aws-sdk/client-cognito-identity-provider';
import { ResourceNotFoundException as NoSuchTable } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ProvisioningAction } from '../../generated/control-plane.ts';
import { newRun } from '../layer/runs/new-run.ts';
import { crashAfter, Killed } from '../layer/testing/crash-after.ts';
import { startTables, type TestTables } from '../layer/testing/engine.ts';
import { siloId } from '../layer/testing/rollouts.ts';
import { transact } from '../layer/transact.ts';
import { aStack, createFakeStack, type FakeStack } from './testing/fake-stack.ts';
import type { Services } from './work.ts';
import { workOnRun } from './work-on-run.ts';

let engine: TestTables;
beforeAll(async () => {
  engine = await startTables();
  // The program tells its log to whoever runs it.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await engine.stop();
});

const clock = () => new Date('2026-11-23T10:00:00.000Z');
const template = Buffer.from('{}');
const manifest = JSON.stringify({
  template: { key: 'releases/2/template.json', sha256: createHash('sha256').update(template).digest('hex') },
  assets: [],
});

interface Account {
  readonly stack: FakeStack;
  /** The tables and pools that outlive their stack, and whether each is protected from deletion. */
  readonly retained: Map<string, boolean>;
}

/** An account with a stack in this state, if any; such a stack has a table and a pool that CloudFormation leaves behind. */
function anAccount(found: Stack['StackStatus'] | undefined): Account {
  const stack = createFakeStack();
  stack.becomes['CreateStack'] = ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'];
  stack.becomes['DeleteStack'] = ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
  const outputs = { GraphqlUrl: 'https://api', ApiId: 'api', UserPoolId: 'pool' };
  stack.outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  if (!found) return { stack, retained: new Map() };
  stack.stack = { ...aStack(found), EnableTerminationProtection: true };
  const summary = { ResourceStatus: 'CREATE_COMPLETE', LastUpdatedTimestamp: clock() } as const;
  stack.resources = [
    { ...summary, LogicalResourceId: 'T', ResourceType: 'AWS::DynamoDB::Table', PhysicalResourceId: 'orders' },
    { ...summary, LogicalResourceId: 'P', ResourceType: 'AWS::Cognito::UserPool', PhysicalResourceId: 'left' },
  ];
  return { stack, retained: new Map(['orders', 'left'].map((id) => [id, true])) };
}

type Answer = (input: Readonly<Record<string, string>>) => object;

/** A client of AWS that knows these operations. */
function client<Client>(operations: Readonly<Record<string, Answer>>): Client {
  const send = async (command: { readonly input: Record<string, string> }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    const operation = operations[name];
    if (!operation) throw new Error(`The fake account does not know ${name}`);
    return operation(command.input);
  };
  return { send } as unknown as Client;
}

function servicesOf({ stack, retained }: Account, tenantId: string, dying = crashAfter(Infinity)): Services {
  const unprotect = (id: string, absence: Error) => {
    if (!retained.has(id)) throw absence;
    retained.set(id, false);
    return {};
  };
  const remove = (id: string, absence: Error) => {
    if (!retained.has(id)) throw absence;
    if (retained.get(id)) throw new Error(`${id} is protected`);
    retained.delete(id);
    return {};
  };
  const noTable = new NoSuchTable({ message: 'gone', $metadata: {} });
  const noPool = new NoSuchUserPool({ message: 'gone', $metadata: {} });
  const dynamodb = client<Services['dynamodb']>({
    UpdateTable: ({ TableName = '' }) => unprotect(TableName, noTable),
    DeleteTable: ({ TableName = '' }) => remove(TableName, noTable),
    DescribeTable: ({ TableName = '' }) => {
      if (!retained.has(TableName)) throw noTable;
      return { Table: { TableStatus: 'ACTIVE' } };
    },
  });
  const cognito = client<Services['cognito']>({
    UpdateUserPool: ({ UserPoolId = '' }) => unprotect(UserPoolId, noPool),
    DeleteUserPool: ({ UserPoolId = '' }) => remove(UserPoolId, noPool),
    DescribeUserPool: ({ UserPoolId }) => ({ UserPool: { Id: UserPoolId } }),
  });
  const s3 = client<Services['s3']>({
    GetObject: ({ Key = '' }) => ({
      Body: { transformToByteArray: async () => (Key.endsWith('manifest.json') ? Buffer.from(manifest) : template) },
    }),
  });
  return {
    // The SDK's paginators want a client of its own class.
    cloudFormation: Object.assign(new CloudFormationClient({ region: 'us-east-1' }), dying(stack.client)),
    cognito: dying(cognito),
    dynamodb: dying(dynamodb),
    s3: dying(s3),
    documents: dying(engine.documents),
    tables: engine.tables,
    releaseBucket: 'releases',
    region: 'us-east-1',
    stackRoleArn: 'arn:aws:iam::000000000000:role/stacks',
    clock,
    pause: () => Promise.resolve(),
    graphql: () => async () => ({ health: { stack: tenantId, release: '2' } } as never),
    fetch: async () => new Response('', { status: 401 }),
  };
}

/** A run that was requested, and the row of its stack, where the template has entered where it is. */
async function givenRun(tenantId: string, action: ProvisioningAction): Promise<string> {
  const { documents, tables } = engine;
  const facts = { apiId: 'api', graphqlUrl: 'https://api', userPoolId: 'pool', userPoolClientId: 'client' };
  const Item = { tenantId, listing: 'STACK', ...facts };
  await documents.send(new PutCommand({ TableName: tables.TENANT_STACK_MAPPING_TABLE, Item }));
  const { run, writes } = newRun(
    { tenantId, action, release: '2', requestedBy: 'system' },
    { tables, clock, createRunId: () => `RUN-${tenantId}`, region: 'us-east-1' },
  );
  expect(await transact(documents, writes)).toEqual({ written: true });
  return run.runId;
}

const get = async (TableName: string, Key: Record<string, string>) =>
  (await engine.documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

let count = 0;

/** A run that dies after so many calls and is worked on again; answers whether it died. */
async function killedOnce(action: ProvisioningAction, found: Stack['StackStatus'] | undefined, calls: number) {
  count += 1;
  const tenantId = siloId(count);
  const account = anAccount(found);
  const runId = await givenRun(tenantId, action);
  const isKilled = await workOnRun(servicesOf(account, tenantId, crashAfter(calls)))(runId, 'first').then(
    () => false,
    (error: unknown) => {
      expect(error).toBeInstanceOf(Killed);
      return true;
    },
  );
  expect({ calls, outcome: await workOnRun(servicesOf(account, tenantId))(runId, 'second') }).toEqual({
    calls,
    outcome: 'SUCCEEDED',
  });
  const run = await get(engine.tables.PROVISIONING_RUNS_TABLE, { runId });
  const steps = (run?.['steps'] as { readonly status: string }[]).map(({ status }) => status);
  expect({ calls, status: run?.['status'], steps }).toEqual({
    calls,
    status: 'SUCCEEDED',
    steps: Array.from({ length: 4 }, () => 'SUCCEEDED'),
  });
  const { currentRunId, status, release } =
    (await get(engine.tables.TENANT_STACK_MAPPING_TABLE, { tenantId })) ?? ({} as Record<string, unknown>);
  const made = account.stack.calls.filter((call) => call === 'CreateStack' || call === 'DeleteStack');
  return { isKilled, left: [...account.retained.keys()], made, row: { currentRunId, status, release } };
}

const active = { status: 'ACTIVE', release: '2', currentRunId: undefined };
const gone = { status: undefined, release: undefined, currentRunId: undefined };

test.each([
  ['PROVISION', 'where there is nothing', undefined, ['CreateStack'], active],
  ['PROVISION', 'over what a failed one left', 'ROLLBACK_COMPLETE', ['DeleteStack', 'CreateStack'], active],
  ['DEPROVISION', 'of a stack that works', 'CREATE_COMPLETE', ['DeleteStack'], gone],
] as const)(
  'killed after any of its calls, a %s %s ends the same: once, with nothing left over',
  async (action, _, found, made, row) => {
    let isKilled = true;
    let calls = 0;
    while (isKilled) {
      calls += 1;
      const ended = await killedOnce(action, found, calls);
      ({ isKilled } = ended);
      expect({ calls, ...ended }).toEqual({ calls, isKilled, left: [], made, row });
    }
    expect(calls).toBeGreaterThan(18);
  },
  120_000,
);
