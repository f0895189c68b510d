import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { ulids } from '../layer/ids.ts';
import { observe } from '../layer/observe.ts';
import { handleChanges } from '../layer/stream.ts';
import { advance } from './advance.ts';
import { followRegistrations } from './follow-registrations.ts';

const tables = readEnvironment(
  'TENANTS_TABLE',
  'REGISTRATIONS_TABLE',
  'TENANT_USERS_TABLE',
  'GATES_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'PROVISIONING_RUNS_TABLE',
  'AUDIT_LOG_TABLE',
);
const { AWS_REGION } = readEnvironment('AWS_REGION');
const dependencies = {
  documents: createDocuments(),
  cognito: new CognitoIdentityProviderClient({}),
  tables,
  clock: systemClock,
  createRunId: ulids(),
  region: AWS_REGION,
};

/** Drives every registration to ACTIVE or FAILED. */
export const handler = observe(handleChanges(followRegistrations(advance(dependencies)), 'continue'));
