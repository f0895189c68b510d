import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StepItem } from '../layer/registry.ts';
import { isRunSettled, type RunItem } from '../layer/runs/run-item.ts';
import type { Dependencies, Onboarding } from './onboarding.ts';

/**
 * What Cognito will refuse however often it is asked, and a run that has failed.
 * Source: Amazon Cognito user pools API reference, AdminCreateUser.
 */
const refusals: ReadonlySet<string> = new Set([
  'InvalidParameterException',
  'LimitExceededException',
  'UserLambdaValidationException',
  'ProvisioningFailedError',
]);

/** How long a step is tried again after other faults, in milliseconds: 10 minutes. */
const patience = 10 * 60 * 1000;

/** Whether the step cannot succeed: refused for good, or still failing after all our patience. */
export async function isHopeless(
  error: unknown,
  step: StepItem,
  onboarding: Onboarding,
  dependencies: Dependencies,
): Promise<boolean> {
  if (error instanceof Error && refusals.has(error.name)) return true;
  const since = await triedSince(step, onboarding, dependencies);
  return since !== undefined && dependencies.clock().getTime() - Date.parse(since) > patience;
}

/** Since when the step's own work has been tried. While it waits for a run, which may take longer than our patience, nothing is. */
async function triedSince(
  { name, startedAt }: StepItem,
  { registration: { runId } }: Onboarding,
  { documents, tables }: Dependencies,
): Promise<string | undefined> {
  if (name !== 'PROVISION_STACK' || runId === undefined) return startedAt;
  const { Item: item } = await documents.send(
    new GetCommand({ TableName: tables.PROVISIONING_RUNS_TABLE, Key: { runId }, ConsistentRead: true }),
  );
  const run = item as RunItem | undefined;
  if (run && !isRunSettled(run)) return undefined;
  // A step that an operator retries begins after a run that was done before.
  return [startedAt, run?.finishedAt]
    .filter((time) => time !== undefined)
    .sort()
    .at(-1);
}
