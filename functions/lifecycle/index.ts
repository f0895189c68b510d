import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { handleChanges } from '../layer/stream.ts';
import { advance } from './advance.ts';
import { followRegistrations } from './follow-registrations.ts';

const tables = readEnvironment(
  'TENANTS_TABLE',
  'REGISTRATIONS_TABLE',
  'TENANT_USERS_TABLE',
  'GATES_TABLE',
  'AUDIT_LOG_TABLE',
);
const dependencies = {
  documents: createDocuments(),
  cognito: new CognitoIdentityProviderClient({}),
  tables,
  clock: systemClock,
};

/** Drives every registration to ACTIVE or FAILED. */
export const handler = observe(handleChanges(followRegistrations(advance(dependencies)), 'continue'));
