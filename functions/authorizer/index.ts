import { accessTokenVerifier } from '../layer/access-tokens.ts';
import { createAuthorizer } from './authorize.ts';
import { createBatchGet } from './batch-get.ts';
import { createRegistry } from './registry.ts';

const { USER_POOL_ID, USER_POOL_CLIENT_ID, TENANTS_TABLE, TENANT_USERS_TABLE, STACK, AWS_REGION } =
  process.env as Readonly<Record<string, string>>;
if (!USER_POOL_ID || !USER_POOL_CLIENT_ID || !TENANTS_TABLE || !TENANT_USERS_TABLE || !STACK || !AWS_REGION) {
  throw new Error('Expected USER_POOL_ID, USER_POOL_CLIENT_ID, TENANTS_TABLE, TENANT_USERS_TABLE, STACK, AWS_REGION');
}

const verifier = accessTokenVerifier(USER_POOL_ID, USER_POOL_CLIENT_ID);

const now = () => Date.now();
const endpoint =
  process.env.AWS_ENDPOINT_URL_DYNAMODB ??
  process.env.AWS_ENDPOINT_URL ??
  `https://dynamodb.${AWS_REGION}.amazonaws.com`;

/** The tenant API's AppSync Lambda authorizer. */
export const handler = createAuthorizer({
  verify: (token) => verifier.verify(token),
  registry: createRegistry(createBatchGet({ endpoint, region: AWS_REGION, environment: process.env, now }), {
    tenants: TENANTS_TABLE,
    tenantUsers: TENANT_USERS_TABLE,
  }),
  stack: STACK,
  now,
  log: (entry) => console.log(JSON.stringify(entry)),
});
