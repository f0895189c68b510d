import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { resolveOperators } from './resolve-operators.ts';

const { USER_POOL_ID, AUDIT_LOG_TABLE } = readEnvironment('USER_POOL_ID', 'AUDIT_LOG_TABLE');

/** Resolves the fields of operators, who are the users of the control plane's own pool. */
export const handler = observe(
  resolveOperators({
    cognito: new CognitoIdentityProviderClient({}),
    documents: createDocuments(),
    userPoolId: USER_POOL_ID,
    auditLogTable: AUDIT_LOG_TABLE,
    clock: systemClock,
  }),
);
