import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIdentity } from '../identity/index.ts';
import type { JsonObject, ResourceProvider } from '../service.ts';
import { createMemoryState } from '../state/memory.ts';
import { buildAction, type GivenPipelines, givenPipelines, role, sourceStage } from './testing/given-pipelines.ts';
import { givenProjects, observe, stageOf } from './testing/observe.ts';

/** Every permission that the pipeline needs, by role; each test takes one away. */
const permissions: Readonly<Record<string, readonly (readonly [action: string, resource: string])[]>> = {
  pipeline: [
    ['sts:AssumeRole', role('source')],
    ['sts:AssumeRole', role('run')],
  ],
  source: [
    ['s3:GetBucketVersioning', 'arn:aws:s3:::source'],
    ['s3:GetObject', 'arn:aws:s3:::source/program.zip'],
    ['s3:PutObject', 'arn:aws:s3:::artifacts/*'],
  ],
  run: [
    ['codebuild:StartBuild', 'arn:aws:codebuild:us-east-1:000000000000:project/provision'],
    ['codebuild:BatchGetBuilds', 'arn:aws:codebuild:us-east-1:000000000000:project/provision'],
  ],
  build: [
    ['s3:GetObject', 'arn:aws:s3:::artifacts/*'],
    ['s3:PutObject', 'arn:aws:s3:::artifacts/*'],
    ['logs:CreateLogStream', 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/codebuild/provision:*'],
    ['logs:PutLogEvents', 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/codebuild/provision:*'],
  ],
};

const trusts: Readonly<Record<string, JsonObject>> = {
  pipeline: { Service: 'codepipeline.amazonaws.com' },
  // By the account, so that the pipeline's role needs a permission too.
  source: { AWS: 'arn:aws:iam::000000000000:root' },
  run: { AWS: 'arn:aws:iam::000000000000:root' },
  build: { Service: 'codebuild.amazonaws.com' },
};

let given: GivenPipelines;
let observed: ReturnType<typeof observe>;
let roles: ResourceProvider;
beforeAll(async () => {
  const environment = {
    accountId: '000000000000',
    region: 'us-east-1',
    partition: 'aws',
    endpoint: '',
    certificateAuthority: '',
    folder: '',
  };
  const identity = createIdentity({
    state: createMemoryState(),
    environment,
    clock: { now: () => Date.now() },
    logs: { write: () => undefined },
  });
  await identity.start?.();
  roles = identity.providers?.find(({ type }) => type === 'AWS::IAM::Role') as ResourceProvider;
  given = await givenPipelines({ identity });
  observed = observe(given);
  await givenProjects(given);
  for (const name of Object.keys(permissions)) await giveRole(name);
  const [source] = sourceStage['Actions'] as readonly JsonObject[];
  const output = { OutputArtifacts: [{ Name: 'Made' }], RoleArn: role('run') };
  await given.pipeline('guarded', [
    stageOf('Source', { ...source, RoleArn: role('source') }),
    stageOf('Run', buildAction('provision', { TENANT_ID: 'guarded' }, output)),
  ]);
});
afterAll(async () => {
  await given.stop();
  expect(given.cloud.faults).toEqual([]);
});

async function giveRole(name: string, without?: string, trusted = trusts[name]): Promise<void> {
  const scope = { stackName: 's', stackId: 's', logicalId: name, tags: {} };
  const allowed = (permissions[name] ?? []).filter(([action, resource]) => without !== `${action} ${resource}`);
  const statements = allowed.map(([Action, Resource]) => ({ Effect: 'Allow', Action, Resource }));
  const document = { Version: '2012-10-17', Statement: statements };
  const properties = {
    RoleName: name,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: trusted ?? {} }],
    },
    Policies: [{ PolicyName: 'own', PolicyDocument: document }],
  };
  await roles.create({ ...scope, token: name, properties });
}

async function failureOf(id: string): Promise<string | undefined> {
  const failed = (await observed.actionsOf('guarded', id)).find(({ status }) => status === 'Failed');
  return failed?.output?.executionResult?.errorDetails?.message;
}

test('a pipeline runs with no more than the permissions of its roles', async () => {
  await observed.becomes('guarded', await given.start('guarded'), 'Succeeded');
});

const each = Object.entries(permissions).flatMap(([name, list]) =>
  list.map(([action, on]) => [name, action, on] as const),
);
test.each(each)('without the permission of %s to %s on %s it fails and says so', async (name, action, resource) => {
  await giveRole(name, `${action} ${resource}`);
  const id = await given.start('guarded');
  await observed.becomes('guarded', id, 'Failed');
  expect(await failureOf(id)).toMatch(new RegExp(`assumed-role/${name}/.* is not authorized to perform: ${action}`));
  await giveRole(name);
});

test.each(Object.keys(trusts))('a role %s that does not trust who is to assume it is of no use', async (name) => {
  await giveRole(name, undefined, { Service: 'lambda.amazonaws.com' });
  const id = await given.start('guarded');
  await observed.becomes('guarded', id, 'Failed');
  expect(await failureOf(id)).toMatch(/not authorized to perform: sts:AssumeRole/);
  await giveRole(name);
});
