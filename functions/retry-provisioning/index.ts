import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { resolveFields, type OperatorIdentity } from '../layer/field-call.ts';
import { observe } from '../layer/observe.ts';
import { retryProvisioning } from './retry-provisioning.ts';

const tables = readEnvironment(
  'TENANTS_TABLE',
  'REGISTRATIONS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'PROVISIONING_RUNS_TABLE',
  'AUDIT_LOG_TABLE',
);

/** Resolves Mutation.retryProvisioning. */
export const handler = observe(
  resolveFields<OperatorIdentity>({
    retryProvisioning: retryProvisioning({ documents: createDocuments(), tables, clock: systemClock }),
  }),
);
