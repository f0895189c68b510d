import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { applicationFields } from './application-fields.ts';
import { controlPlaneFields } from './control-plane-fields.ts';
import type { Services } from './services.ts';

const { PLANE, TENANTS_TABLE, TENANT_USERS_TABLE, GATES_TABLE } = readEnvironment(
  'PLANE',
  'TENANTS_TABLE',
  'TENANT_USERS_TABLE',
  'GATES_TABLE',
);

const services: Services = {
  documents: createDocuments(),
  cognito: new CognitoIdentityProviderClient({}),
  tables: { tenants: TENANTS_TABLE, tenantUsers: TENANT_USERS_TABLE, gates: GATES_TABLE },
  clock: systemClock,
};

/** The mutations of users, of both APIs: which one it serves is set where it is deployed, never by a request. */
export const handler =
  PLANE === 'control'
    ? observe(controlPlaneFields(services, readEnvironment('AUDIT_LOG_TABLE').AUDIT_LOG_TABLE))
    : observe(applicationFields(services));
