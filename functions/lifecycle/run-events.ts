import { sbtEvent, type SbtEvent } from '../layer/events/sbt-event.ts';
import { pooledStack } from '../layer/registry.ts';
import { isRunSettled, type RunItem, stackNameOf } from '../layer/runs/run-item.ts';
import type { Change } from '../layer/stream.ts';

/** What the bus is told of a run: that a tenant's own stack is there, is gone, or could not be made or removed. */
export function runEventsOf({ before, after }: Change): SbtEvent[] {
  const run = after as unknown as RunItem | undefined;
  const wasSettled = before && isRunSettled(before as unknown as RunItem);
  if (!run || !isRunSettled(run) || wasSettled || run.tenantId === pooledStack || run.action === 'UPDATE') return [];
  const { tenantId, registrationId, action, status, release, runId, attempt, failure, failedStep } = run;
  const settlement = `${runId}-${attempt}`;
  const job = action === 'PROVISION' ? 'provision' : 'deprovision';
  const id = { tenantId, ...(registrationId !== undefined && { tenantRegistrationId: registrationId }) };
  if (status === 'FAILED') {
    const jobOutput = { status, cause: failure, failedStep, runId };
    return [sbtEvent(`${job}Failure`, settlement, { ...id, jobOutput })];
  }
  const jobOutput = {
    tenantData: { stackName: stackNameOf(tenantId), release },
    tenantRegistrationData: {},
  };
  return [sbtEvent(`${job}Success`, settlement, { ...id, jobOutput })];
}
