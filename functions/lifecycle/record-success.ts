import { logger } from '../layer/telemetry.ts';
import { transact, type TransactItems } from '../layer/transact.ts';
import type { Dependencies, Onboarding } from './onboarding.ts';
import { registrationUpdate, withStep } from './record.ts';

/**
 * Writes what a step answered, that it succeeded, and that the next one runs: all or nothing. Does nothing if another run
 * was quicker.
 */
export async function recordSuccess(
  { registration }: Onboarding,
  place: number,
  writes: TransactItems,
  { documents, tables, clock }: Dependencies,
): Promise<void> {
  const now = clock().toISOString();
  const finished = withStep(registration.steps, place, { status: 'SUCCEEDED', finishedAt: now });
  const isLast = place === registration.steps.length - 1;
  const steps = withStep(finished, place + 1, { status: 'RUNNING', startedAt: now });
  const status = isLast ? 'ACTIVE' : 'PROVISIONING';
  const outcome = await transact(documents, [
    registrationUpdate(tables.REGISTRATIONS_TABLE, registration, { status, steps, now }),
    ...writes,
  ]);
  logger.info(outcome.written ? 'A step succeeded' : 'A step was recorded by another run', {
    step: registration.steps[place]?.name,
  });
}
