import { CognitoJwtVerifier } from 'aws-jwt-verify';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { authorizeOperator } from './authorize-operator.ts';
import { readSignedInUser } from './read-signed-in-user.ts';

const { USER_POOL_ID, USER_POOL_CLIENT_ID, AWS_REGION } = readEnvironment(
  'USER_POOL_ID',
  'USER_POOL_CLIENT_ID',
  'AWS_REGION',
);
const verifier = CognitoJwtVerifier.create({
  userPoolId: USER_POOL_ID,
  clientId: USER_POOL_CLIENT_ID,
  tokenUse: 'access',
});

/** Authorizes every request to the control plane's API that comes with an operator's access token. */
export const handler = observe(
  authorizeOperator({
    verify: (token) => verifier.verify(token),
    readUser: readSignedInUser({ region: AWS_REGION }),
  }),
);
