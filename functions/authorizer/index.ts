import { accessTokenVerifier } from '../layer/access-tokens.ts';
import { readEnvironment } from '../layer/environment.ts';
import { createAuthorizer } from './authorize.ts';
import { createBatchGet } from './batch-get.ts';
import { observeLight } from './observe-light.ts';
import { createRegistry } from './registry.ts';

const { USER_POOL_ID, USER_POOL_CLIENT_ID, TENANTS_TABLE, TENANT_USERS_TABLE, STACK, AWS_REGION } = readEnvironment(
  'USER_POOL_ID',
  'USER_POOL_CLIENT_ID',
  'TENANTS_TABLE',
  'TENANT_USERS_TABLE',
  'STACK',
  'AWS_REGION',
);

const verifier = accessTokenVerifier(USER_POOL_ID, USER_POOL_CLIENT_ID);

const now = () => Date.now();
const endpoint =
  process.env.AWS_ENDPOINT_URL_DYNAMODB ??
  process.env.AWS_ENDPOINT_URL ??
  `https://dynamodb.${AWS_REGION}.amazonaws.com`;

const write = (line: string): void => console.log(line);
const service = process.env['POWERTOOLS_SERVICE_NAME'];

const authorize = createAuthorizer({
  verify: (token) => verifier.verify(token),
  registry: createRegistry(createBatchGet({ endpoint, region: AWS_REGION, environment: process.env, now }), {
    tenants: TENANTS_TABLE,
    tenantUsers: TENANT_USERS_TABLE,
  }),
  stack: STACK,
  now,
  log: (entry) => write(JSON.stringify({ timestamp: new Date(now()).toISOString(), service, ...entry })),
});

/** The tenant API's AppSync Lambda authorizer. */
export const handler = observeLight(authorize, write, now);
