import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { resolveFields } from '../layer/field-call.ts';
import { ulids, unguessableIds } from '../layer/ids.ts';
import { observe } from '../layer/observe.ts';
import { registerTenant } from './register-tenant.ts';

const tables = readEnvironment(
  'TENANTS_TABLE',
  'REGISTRATIONS_TABLE',
  'TIERS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'AUDIT_LOG_TABLE',
);

/** Resolves Mutation.registerTenant. */
export const handler = observe(
  resolveFields({
    registerTenant: registerTenant({
      documents: createDocuments(),
      tables,
      clock: systemClock,
      createTenantId: ulids(),
      createRegistrationId: unguessableIds,
    }),
  }),
);
