import { AwsError } from '../../errors.ts';
import type { Identity, Principal } from '../../service.ts';
import type { Caller } from '../execution/request-scope.ts';
import type { Api } from '../model.ts';
import type { Store } from '../store.ts';
import type { Attempt } from './authenticate.ts';

const none: ReadonlySet<string> = new Set();

/**
 * A request signed for `appsync`. Which root fields the caller may have, its policies say by
 * `appsync:GraphQL` on `…:apis/<id>/types/<Type>/fields/<field>`.
 */
export function authenticateIam(store: Store, identity: Identity, api: Api, attempt: Attempt): Caller {
  const authorization = String(attempt.headers['authorization']);
  if (!authorization.includes('/appsync/aws4_request')) {
    throw new AwsError('InvalidSignatureException', "Credential should be scoped to correct service: 'appsync'.", 403);
  }
  const principal = identity.authenticate(attempt.signed());
  return {
    mode: 'AWS_IAM',
    identity: identityOf(principal, attempt.sourceIp),
    deniedFields: none,
    mayAccess: (typeName, fieldName) =>
      isAllowed(identity, principal, store.arn(api.apiId, `types/${typeName}/fields/${fieldName}`)),
    secrets: [authorization],
  };
}

function identityOf(principal: Principal, sourceIp: string) {
  return {
    accountId: principal.accountId,
    cognitoIdentityAuthProvider: null,
    cognitoIdentityAuthType: null,
    cognitoIdentityId: null,
    cognitoIdentityPoolId: null,
    sourceIp: [sourceIp],
    userArn: principal.arn,
    username: principal.userId,
  };
}

function isAllowed(identity: Identity, principal: Principal, resource: string): boolean {
  try {
    identity.authorize(principal, 'appsync:GraphQL', resource);
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
