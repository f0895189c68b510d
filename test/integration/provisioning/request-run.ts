import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ProvisioningAction } from '../../../generated/control-plane.ts';
import { systemClock } from '../../../functions/layer/clock.ts';
import { createDocuments } from '../../../functions/layer/documents.ts';
import { ulids } from '../../../functions/layer/ids.ts';
import { newRun } from '../../../functions/layer/runs/new-run.ts';
import { transact } from '../../../functions/layer/transact.ts';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { stackOutputs } from '../../support/stack-outputs.ts';

/** Writes a run as the product's functions do; the table's stream does the rest. */
export async function requestRun(
  outputs: Outputs,
  request: { readonly tenantId: string; readonly action: ProvisioningAction; readonly release: string },
): Promise<string> {
  const { ProvisioningRunsTable = '', TenantStackMappingTable = '' } = await stackOutputs(
    outputs,
    'cotenant-control-plane',
  );
  const documents = createDocuments(new DynamoDBClient(sdkSettings(outputs)));
  const { run, writes } = newRun(
    { ...request, requestedBy: 'test' },
    {
      tables: { PROVISIONING_RUNS_TABLE: ProvisioningRunsTable, TENANT_STACK_MAPPING_TABLE: TenantStackMappingTable },
      clock: systemClock,
      createRunId: ulids(),
      region: outputs.region,
    },
  );
  const outcome = await transact(documents, writes);
  if (!outcome.written) throw new Error(`The run of ${request.tenantId} was refused at ${outcome.refused.join(', ')}`);
  return run.runId;
}
