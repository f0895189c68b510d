import { accessTokenVerifier } from '../layer/access-tokens.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { authorizeOperator } from './authorize-operator.ts';
import { readSignedInUser } from './read-signed-in-user.ts';

const { USER_POOL_ID, USER_POOL_CLIENT_ID, AWS_REGION } = readEnvironment(
  'USER_POOL_ID',
  'USER_POOL_CLIENT_ID',
  'AWS_REGION',
);
const verifier = accessTokenVerifier(USER_POOL_ID, USER_POOL_CLIENT_ID);

/** Authorizes every request to the control plane's API that comes with an operator's access token. */
export const handler = observe(
  authorizeOperator({
    verify: (token) => verifier.verify(token),
    readUser: readSignedInUser({ region: AWS_REGION }),
    now: Date.now,
  }),
);
