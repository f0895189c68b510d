import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation';
import { BatchGetBuildsCommand, CodeBuildClient, ListBuildsForProjectCommand } from '@aws-sdk/client-codebuild';
import { expect } from 'vitest';
import type { Outputs } from '../../infra/start/outputs.ts';
import { aRegistration, register, untilOnboarded } from './given.ts';
import { inventory, listedResources } from './inventory.ts';
import { siloPatience } from './provisioning.ts';
import { sdkSettings } from './sdk.ts';

/** A platinum registration that has only begun. */
export async function beginSilo(outputs: Outputs) {
  const input = aRegistration({ tier: 'PLATINUM' });
  const { registration, userErrors } = await register(outputs, input);
  if (!registration) throw new Error(`Not registered: ${JSON.stringify(userErrors)}`);
  return {
    id: registration.id,
    tenantId: registration.tenantId,
    slug: input.slug,
    stackName: `cotenant-tenant-${registration.tenantId}`,
  };
}

export type BegunSilo = Awaited<ReturnType<typeof beginSilo>>;

export async function until<Found>(what: string, look: () => Promise<Found | undefined>): Promise<Found> {
  const end = Date.now() + siloPatience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`${what}: not after ${siloPatience} ms`);
    await sleep(20);
  }
}

/** Every stack of that name that is there. */
export async function stacksNamed(outputs: Outputs, stackName: string): Promise<Stack[]> {
  const client = new CloudFormationClient(sdkSettings(outputs));
  const found: Stack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
    found.push(...Stacks.filter(({ StackName }) => StackName === stackName));
  return found;
}

/** The id of the build that works for a tenant. */
export async function runningBuild(outputs: Outputs, tenantId: string): Promise<string | undefined> {
  const client = new CodeBuildClient(sdkSettings(outputs));
  const { ids = [] } = await client.send(new ListBuildsForProjectCommand({ projectName: 'cotenant-provisioning' }));
  if (ids.length === 0) return undefined;
  const { builds = [] } = await client.send(new BatchGetBuildsCommand({ ids: ids.slice(0, 20) }));
  const isOurs = ({ environment }: (typeof builds)[number]): boolean =>
    environment?.environmentVariables?.some(({ name, value }) => name === 'TENANT_ID' && value === tenantId) ?? false;
  return builds.find((build) => build.buildStatus === 'IN_PROGRESS' && isOurs(build))?.id;
}

/** The company is ACTIVE, and all that the account has more than before is its one stack's. */
export async function expectOneWholeSilo(outputs: Outputs, silo: BegunSilo, before: readonly string[]): Promise<void> {
  const onboarded = await untilOnboarded(outputs, silo.id, siloPatience);
  expect(onboarded).toMatchObject({ status: 'ACTIVE', failure: null });
  expect((await stacksNamed(outputs, silo.stackName)).map(({ StackStatus }) => StackStatus)).toEqual([
    'CREATE_COMPLETE',
  ]);
  const settings = sdkSettings(outputs);
  const more = (await inventory(settings)).filter((resource) => !before.includes(resource));
  const client = new CloudFormationClient(settings);
  expect(more).toEqual((await listedResources(client, silo.stackName)).sort());
}
