import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand, ListTagsOfResourceCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inventory, isListed, listedResources, stackNames } from '../support/inventory.ts';
import { sdkSettings } from '../support/sdk.ts';
import { type BareCloud, startBareCloud } from '../support/start-bare-cloud.ts';
import { startCotenant } from '../support/start-cotenant.ts';

let scratch: string;
let cloud: BareCloud;
let cloudFormation: CloudFormationClient;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'cotenant-cdk-'));
  cloud = await startBareCloud(join(scratch, 'cloud'));
  cloudFormation = new CloudFormationClient(cloud.settings);
});
afterAll(async () => {
  expect(await cloud.stop()).toBe(0);
  await rm(scratch, { recursive: true, force: true });
});

/** CDK's own CLI as a user runs it, except that nothing is written outside the scratch folder. */
async function cdk(...arguments_: string[]): Promise<string> {
  const { endpoint, region, credentials } = cloud.settings;
  const child = spawn('node_modules/.bin/cdk', [...arguments_, '--output', join(scratch, 'cdk.out')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      CDK_HOME: scratch,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CI: 'true',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('error', reject).once('close', resolve),
  );
  if (code !== 0) throw new Error(`cdk ${arguments_.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** What the first deployment synthesized, so that the others need not. */
const synthesized = (): string[] => ['--app', join(scratch, 'cdk.out')];

/** Every stack with its status, its outputs' keys and how many resources of each type it has. */
async function whatIsThere(client: CloudFormationClient) {
  const stacks: Record<string, { outputs: (string | undefined)[]; resources: Record<string, number> }> = {};
  for (const StackName of await stackNames(client)) {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    expect(`${StackName} ${stack?.StackStatus}`).toMatch(/ (CREATE|UPDATE)_COMPLETE$/);
    const resources: Record<string, number> = {};
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
      for (const { ResourceType: type = '' } of StackResourceSummaries) resources[type] = (resources[type] ?? 0) + 1;
    }
    stacks[StackName] = { outputs: (stack?.Outputs ?? []).map(({ OutputKey }) => OutputKey).sort(), resources };
  }
  return stacks;
}

describe('the CDK CLI, the app unmodified', () => {
  test('deploys what npm start leaves', async () => {
    const cotenant = await startCotenant({ apps: true });
    const expected = await whatIsThere(new CloudFormationClient(sdkSettings(cotenant.outputs)));
    await cotenant.stop();
    await cdk('deploy', '--all', '--require-approval', 'never');
    await expect.poll(() => whatIsThere(cloudFormation), { timeout: 60_000 }).toEqual(expected);
  }, 300_000);

  test('finds no difference afterwards, and nothing to deploy', async () => {
    const difference = await cdk('diff', '--fail', ...synthesized());
    expect(difference).toContain('Number of stacks with differences: 0');
    expect(difference).not.toContain('Could not create a change set');
    const names = (await cdk('list', ...synthesized())).split('\n').filter((line) => /^cotenant-\S+$/.test(line));
    const again = await cdk('deploy', '--all', '--require-approval', 'never', ...synthesized());
    for (const name of names) expect(again).toContain(`${name} (no changes)`);
    expect(names.length).toBeGreaterThan(1);
  }, 120_000);

  test('updates stacks and, with another tag, what is in them; straight, too, without a change set', async () => {
    const update = ['deploy', '--all', '--require-approval', 'never', ...synthesized()];
    await cdk(...update, '--tags', 'owner=first');
    expect(await ownersOfTables()).toEqual(['first']);
    await cdk(...update, '--tags', 'owner=second', '--method', 'direct');
    expect(await ownersOfTables()).toEqual(['second']);
  }, 180_000);

  test('destroys all but what the templates retain', async () => {
    const stacks = await stackNames(cloudFormation);
    const { Stacks: described = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
    expect(await inventory(cloud.settings)).toEqual(
      (await Promise.all(stacks.map((name) => listedResources(cloudFormation, name)))).flat().sort(),
    );
    await cdk('destroy', '--all', '--force', ...synthesized());

    const remaining = await stackNames(cloudFormation);
    const expected = await Promise.all(remaining.map((name) => listedResources(cloudFormation, name)));
    for (const { StackId, StackName = '' } of described) {
      if (!remaining.includes(StackName)) expected.push(await retained(StackId ?? ''));
    }
    expect(remaining.length).toBeLessThan(stacks.length);
    expect(await inventory(cloud.settings)).toEqual(expected.flat().sort());
  }, 180_000);
});

/** The distinct values of the tag `owner` of the tables of CDK's own stacks; the pool's are the pipeline's. */
async function ownersOfTables(): Promise<(string | undefined)[]> {
  const client = new DynamoDBClient(cloud.settings);
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const owners = await Promise.all(
    TableNames.filter((name) => !name.startsWith('cotenant-pooled')).map(async (name) => {
      const ResourceArn = `arn:aws:dynamodb:${cloud.settings.region}:000000000000:table/${name}`;
      const { Tags = [] } = await client.send(new ListTagsOfResourceCommand({ ResourceArn }));
      return Tags.find(({ Key }) => Key === 'owner')?.Value;
    }),
  );
  return [...new Set(owners)];
}

/** What a deleted stack says that it has left. */
async function retained(StackName: string): Promise<string[]> {
  const left: string[] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client: cloudFormation }, { StackName })) {
    for (const { ResourceStatus, ResourceType, PhysicalResourceId } of StackEvents) {
      if (ResourceStatus === 'DELETE_SKIPPED') left.push(`${ResourceType} ${PhysicalResourceId}`);
    }
  }
  return left.filter(isListed);
}
