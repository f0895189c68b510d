import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  paginateListStackResources,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
  waitUntilStackUpdateComplete,
} from '@aws-sdk/client-cloudformation';
import { DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inventory, listedResources } from '../support/inventory.ts';
import { type BareCloud, startBareCloud } from '../support/start-bare-cloud.ts';
import {
  failingAtTheEnd,
  publishAssets,
  publishTemplate,
  removable,
  synthesizedTemplates,
  type Template,
  tenantTemplate,
} from '../support/templates.ts';

const controlPlane = 'cotenant-control-plane';
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

let folder: string;
let cloud: BareCloud;
let client: CloudFormationClient;
let templates: Record<string, Template>;
/** The template of which there is one instance a silo. */
let tenant: Template;
beforeAll(async () => {
  templates = await synthesizedTemplates();
  folder = await mkdtemp(join(tmpdir(), 'cotenant-stacks-'));
  await start();
  tenant = await tenantTemplate(cloud.settings);
  await publishAssets(cloud.settings);
}, 120_000);
afterAll(async () => {
  expect(await cloud.stop()).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<void> {
  cloud = await startBareCloud(folder);
  client = new CloudFormationClient(cloud.settings);
}

const waiting = () => ({ client, maxWaitTime: 120, minDelay: 1, maxDelay: 1 });

/** Kills the host at each of these moments of an operation on a stack, and starts it again. */
async function killAt(StackName: string, moments: readonly number[], progress: () => Promise<number>): Promise<void> {
  for (const moment of moments) {
    let status = '';
    do {
      status = (await statusOf(StackName)) ?? '';
    } while ((await progress()) < moment && status.endsWith('_IN_PROGRESS'));
    expect(status).toMatch(/_IN_PROGRESS$/);
    await cloud.kill();
    await start();
  }
}

async function resourcesWith(StackName: string, wanted: RegExp): Promise<number> {
  let count = 0;
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    count += StackResourceSummaries.filter(({ ResourceStatus = '' }) => wanted.test(ResourceStatus)).length;
  }
  return count;
}

test('a host that is killed again and again ends each operation whole: one of each resource, and in the end none', async () => {
  expect(await inventory(cloud.settings)).toEqual([]);
  const names = [controlPlane, 'silo'];
  const StackIds: string[] = [];
  for (const StackName of names) {
    const template = removable(templates[StackName] ?? tenant);
    const TemplateURL = await publishTemplate(cloud.settings, StackName, template);
    const total = Object.keys(template.Resources).length;
    const { StackId = '' } = await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities }));
    StackIds.push(StackId);
    const moments = [0, 0.2, 0.4, 0.6, 0.8].map((share) => share * total);
    await killAt(StackName, moments, () => resourcesWith(StackName, /^CREATE_COMPLETE$/));
    await waitUntilStackCreateComplete(waiting(), { StackName });
    expect(await resourcesWith(StackName, /^CREATE_COMPLETE$/)).toBe(total);
  }
  await expectOnly(names);

  for (const StackName of names) {
    const Tags = [{ Key: 'owner', Value: 'somebody' }];
    await client.send(new UpdateStackCommand({ StackName, UsePreviousTemplate: true, Tags, Capabilities }));
    await killAt(StackName, [0, 10, 20], () => resourcesWith(StackName, /^UPDATE_COMPLETE$/));
    await waitUntilStackUpdateComplete(waiting(), { StackName });
  }
  await expectOnly(names);

  for (const StackName of [...StackIds].reverse()) {
    const total = await resourcesWith(StackName, /./);
    await client.send(new DeleteStackCommand({ StackName }));
    const moments = [0, 0.4, 0.8].map((share) => share * total);
    await killAt(StackName, moments, async () => total - (await resourcesWith(StackName, /./)));
    await waitUntilStackDeleteComplete(waiting(), { StackName });
  }
  expect(await inventory(cloud.settings)).toEqual([]);
}, 600_000);

test('what fails at its last resource goes back, and leaves nothing of its own', async () => {
  await create(controlPlane, removable(templates[controlPlane] as Template));
  const before = await inventory(cloud.settings);
  const StackName = 'silo';
  const broken = failingAtTheEnd(removable(tenant));
  const TemplateURL = await publishTemplate(cloud.settings, 'broken', broken);
  const { StackId } = await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities }));
  const outcome = await waitUntilStackCreateComplete(waiting(), { StackName }).catch((error: Error) => error.message);
  expect(outcome).toContain('ROLLBACK');
  await expect.poll(() => statusOf(StackName), { timeout: 60_000 }).toBe('ROLLBACK_COMPLETE');
  expect(await inventory(cloud.settings)).toEqual(before);
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(waiting(), { StackName: StackId });

  await create(StackName, removable(tenant));
  const whole = await inventory(cloud.settings);
  const Tags = [{ Key: 'owner', Value: 'somebody' }];
  await client.send(new UpdateStackCommand({ StackName, TemplateURL, Capabilities, Tags }));
  await expect.poll(() => statusOf(StackName), { timeout: 60_000 }).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await inventory(cloud.settings)).toEqual(whole);
}, 180_000);

test('instances of one template share no name, and are made side by side', async () => {
  const names = ['first', 'second', 'third'];
  const TemplateURL = await publishTemplate(cloud.settings, 'tenant', removable(tenant));
  for (const StackName of names) await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities }));
  await Promise.all(names.map((StackName) => waitUntilStackCreateComplete(waiting(), { StackName })));
  await expectOnly([controlPlane, 'silo', ...names]);
  for (const StackName of names) await client.send(new DeleteStackCommand({ StackName }));
  await Promise.all(names.map((StackName) => waitUntilStackDeleteComplete(waiting(), { StackName })));
  await expectOnly([controlPlane, 'silo']);
}, 180_000);

test('what cannot be deleted is told, and a second try ends it', async () => {
  const before = await inventory(cloud.settings);
  const StackName = 'stuck';
  const bucket = 'stuck-objects';
  const Resources = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket } },
    Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Bucket' } } },
  };
  const StackId = await create(StackName, { Resources });
  const s3 = new S3Client({ ...cloud.settings, forcePathStyle: true });
  const object = { Bucket: bucket, Key: 'kept' };
  await s3.send(new PutObjectCommand({ ...object, Body: 'x' }));
  await client.send(new DeleteStackCommand({ StackName }));
  await expect.poll(() => statusOf(StackName), { timeout: 60_000 }).toBe('DELETE_FAILED');
  const { Stacks: [failed] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(failed?.StackStatusReason).toContain('failed to delete: [Bucket]');
  expect(await inventory(cloud.settings)).toEqual([...before, `AWS::S3::Bucket ${bucket}`].sort());

  await s3.send(new DeleteObjectCommand(object));
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete(waiting(), { StackName: StackId });
  expect(await statusOf(StackId)).toBe('DELETE_COMPLETE');
  expect(await inventory(cloud.settings)).toEqual(before);
}, 120_000);

async function create(StackName: string, template: Template): Promise<string> {
  const TemplateURL = await publishTemplate(cloud.settings, StackName, template);
  const { StackId = '' } = await client.send(new CreateStackCommand({ StackName, TemplateURL, Capabilities }));
  await waitUntilStackCreateComplete(waiting(), { StackName });
  return StackId;
}

async function statusOf(StackName: string): Promise<string | undefined> {
  return (await client.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0]?.StackStatus;
}

/** What the services list is what the stacks say that they have. */
async function expectOnly(stacks: readonly string[]): Promise<void> {
  const listed = await Promise.all(stacks.map((name) => listedResources(client, name)));
  expect(await inventory(cloud.settings)).toEqual(listed.flat().sort());
}
