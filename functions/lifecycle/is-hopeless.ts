import type { StepItem } from '../layer/registry.ts';

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
export function isHopeless(error: unknown, { startedAt }: StepItem, now: Date): boolean {
  if (error instanceof Error && refusals.has(error.name)) return true;
  return startedAt !== undefined && now.getTime() - Date.parse(startedAt) > patience;
}
