import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { createPreToken } from './claim-membership.ts';

const { TENANTS_TABLE, TENANT_USERS_TABLE, STACK } = readEnvironment('TENANTS_TABLE', 'TENANT_USERS_TABLE', 'STACK');

/** The tenant pool's pre token generation trigger, version V2_0. */
export const handler = observe(
  createPreToken({
    documents: createDocuments(),
    tables: { tenants: TENANTS_TABLE, tenantUsers: TENANT_USERS_TABLE },
    stack: STACK,
    clock: systemClock,
  }),
);
