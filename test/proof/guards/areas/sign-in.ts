import type { Guard } from '../guard.ts';

const verifier = 'functions/layer/access-tokens.ts';
const authorize = 'functions/authorizer/authorize.ts';
const authorizerTest = 'functions/authorizer/authorizer.test.ts';
const operators = 'functions/operator-authorizer/authorize-operator.ts';
const operatorsTest = 'functions/operator-authorizer/authorize-operator.test.ts';
const preToken = 'functions/pre-token/claim-membership.ts';
const preTokenTest = 'functions/pre-token/pre-token.test.ts';
const claimsOf = "JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())";

/** Who is let in, and as whom. */
export const signInGuards: readonly Guard[] = [
  {
    name: 'the signature of a token',
    file: 'functions/authorizer/index.ts',
    find: 'verify: (token) => verifier.verify(token),',
    replacement: `verify: (token) => verifier.verify(token).catch(() => ${claimsOf}),`,
    noticedBy: { groups: ['tokens'] },
  },
  {
    name: 'the pool that issued a token',
    file: verifier,
    find: "return CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });",
    replacement: `const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' });
      const verify = verifier.verify.bind(verifier);
      return Object.assign(verifier, {
        verify: (token) =>
          verify(token).catch((error) => {
            if (!error.message.startsWith('issuer not configured')) throw error;
            return ${claimsOf};
          }),
      });`,
    noticedBy: { test: authorizerTest, named: 'denies a token of another pool' },
  },
  {
    name: 'the client of a token',
    file: verifier,
    find: 'clientId, tokenUse',
    replacement: 'clientId: null, tokenUse',
    noticedBy: { test: authorizerTest, named: 'denies a token of another client' },
  },
  {
    name: 'the use of a token',
    file: verifier,
    find: "tokenUse: 'access'",
    replacement: 'tokenUse: null',
    noticedBy: { test: authorizerTest, named: 'denies an id token' },
  },
  {
    name: 'the expiry of a token',
    file: verifier,
    find: "tokenUse: 'access'",
    replacement: "tokenUse: 'access', graceSeconds: 1e9",
    noticedBy: { test: authorizerTest, named: 'denies an expired token' },
  },
  {
    name: 'the not-before of a token',
    file: verifier,
    find: "tokenUse: 'access'",
    replacement: "tokenUse: 'access', graceSeconds: 1e9",
    noticedBy: { test: authorizerTest, named: 'denies a token that is not valid yet' },
  },
  {
    name: 'the tenant’s status, at each authorization',
    file: authorize,
    find: "if (standing.tenantStatus !== 'ACTIVE') return `tenant is ${standing.tenantStatus}`;",
    replacement: '',
    noticedBy: { test: authorizerTest, named: 'denies members of a tenant that is SUSPENDED' },
  },
  {
    name: 'the stack in which the tenant lives, at each authorization',
    file: authorize,
    find: 'if (standing.stack !== stack) return `tenant lives in ${standing.stack}`;',
    replacement: '',
    noticedBy: { test: authorizerTest, named: 'denies members of a tenant of another stack' },
  },
  {
    name: 'the user’s status, at each authorization',
    file: authorize,
    find: "if (standing.userStatus !== 'ACTIVE' && standing.userStatus !== 'INVITED')",
    replacement: "if (standing.userStatus === '')",
    noticedBy: { test: authorizerTest, named: 'denies disabled users' },
  },
  {
    name: 'membership of the token’s tenant, from the registry',
    file: 'functions/authorizer/registry.ts',
    find: 'const user = found[tables.tenantUsers];',
    replacement: "const user = found[tables.tenantUsers] ?? { status: { S: 'ACTIVE' }, role: { S: 'TENANT_USER' } };",
    noticedBy: { test: authorizerTest, named: 'denies somebody who is no member' },
  },
  {
    name: 'the role and tier of the registry, not of the token',
    file: authorize,
    find: 'const { tenantId, tier, role, userId, shardCount } = standing;',
    replacement: 'const { tenantId, tier, role, userId, shardCount } = { ...standing, ...claims };',
    noticedBy: {
      test: authorizerTest,
      named: 'admits a member of an active tenant of this stack, as the registry knows it',
    },
  },
  {
    name: 'the log without tokens',
    file: authorize,
    find: "log({ level: 'INFO', message: 'denied', reason,",
    replacement: "log({ level: 'INFO', message: 'denied', reason, token: event.authorizationToken,",
    noticedBy: { test: authorizerTest, named: 'denies a token of another client' },
  },
  {
    name: 'denied fields of a tenant’s user',
    file: authorize,
    find: 'deniedFields: deniedFields(applicationPermissions, role, tier)',
    replacement: 'deniedFields: deniedFields({}, role, tier)',
    noticedBy: { groups: ['roles'] },
  },
  {
    name: 'denied fields of an operator',
    file: operators,
    find: 'deniedFields: deniedFields(controlPlanePermissions, role)',
    replacement: 'deniedFields: deniedFields({}, role)',
    noticedBy: { test: operatorsTest, named: 'an operator customer support reads' },
  },
  {
    name: 'a row of the table of permissions',
    file: 'schema/permissions.ts',
    find: "'Mutation.suspendTenant': systemAdmin",
    replacement: "'Mutation.suspendTenant': operators",
    noticedBy: {
      test: 'schema/permissions.test.ts',
      named: 'deniedFields lets customer support read, and use what is public',
    },
  },
  ...['setTenantWave', 'retryProvisioning'].map((field) => ({
    name: `the row of ${field}, which nothing behind it repeats`,
    file: 'schema/permissions.ts',
    find: `'Mutation.${field}': systemAdmin`,
    replacement: `'Mutation.${field}': operators`,
    noticedBy: {
      test: 'schema/permissions.test.ts',
      named: 'deniedFields lets customer support read, and use what is public',
    },
  })),
  {
    name: 'the end of an authorization with the operator’s token',
    file: operators,
    find: 'Math.max(0, Math.min(longestCache, Math.floor(claims.exp - now() / 1000)))',
    replacement: 'longestCache',
    noticedBy: { test: operatorsTest, named: 'an operator whose token holds 20.5 seconds more is answered for 20' },
  },
  {
    name: 'no subscription for an operator who stands no more',
    file: 'functions/operators/is-standing.ts',
    find: "operator.status !== 'DISABLED'",
    replacement: 'operator.id !== undefined',
    noticedBy: {
      test: 'functions/operators/operators.test.ts',
      named:
        'isStanding an operator who was disabled stands no more, whatever the authorizer said of it; enabled again it does',
    },
  },
  {
    name: 'the group of an operator',
    file: operators,
    find: '.find(([group]) => groups.includes(group))?.[1];',
    replacement: ".find(([group]) => groups.includes(group))?.[1] ?? 'CUSTOMER_SUPPORT';",
    noticedBy: { test: operatorsTest, named: 'denied no group' },
  },
  {
    name: 'the operator whom Cognito still knows',
    file: operators,
    find: 'const user = await readUser(token);',
    replacement: "const user = (await readUser(token)) ?? { email: '' };",
    noticedBy: { test: operatorsTest, named: 'denied revoked, or disabled since' },
  },
  {
    name: 'no token for a disabled member',
    file: preToken,
    find: "if (membership.status === 'DISABLED')",
    replacement: "if (membership.status === '')",
    noticedBy: { test: preTokenTest, named: 'gives no token to a disabled member, and says why' },
  },
  {
    name: 'no token for a tenant that is not ACTIVE',
    file: preToken,
    find: "if (tenant.status !== 'ACTIVE')",
    replacement: "if (tenant.status === '')",
    noticedBy: { test: preTokenTest, named: 'gives no token to a member of a suspended tenant, and says why' },
  },
  {
    name: 'no token from a stack in which the tenant does not live',
    file: preToken,
    find: 'if (tenant.stack !== stack)',
    replacement: "if (tenant.stack === '')",
    noticedBy: { test: preTokenTest, named: 'gives no token to a member of a tenant of another stack, and says why' },
  },
  {
    name: 'no token for somebody with two memberships',
    file: preToken,
    find: 'if (!membership || another)',
    replacement: 'if (!membership)',
    noticedBy: {
      test: preTokenTest,
      named: 'gives no token to somebody who is no member, or has two memberships',
    },
  },
  {
    name: 'what a user’s client may write',
    file: 'infra/constructs/user-pools.ts',
    find: 'withStandardAttributes({ fullname: true })',
    replacement: 'withStandardAttributes({ fullname: true, email: true })',
    noticedBy: {
      test: 'infra/constructs/protection.test.ts',
      named: 'users can write their name and nothing that decides about rights',
    },
  },
  {
    name: 'users whom administrators alone invite',
    file: 'infra/constructs/user-pools.ts',
    find: 'selfSignUpEnabled: false,',
    replacement: 'selfSignUpEnabled: true,',
    noticedBy: {
      test: 'infra/constructs/protection.test.ts',
      named: 'nobody signs up by themselves, and passwords are long',
    },
  },
  {
    name: 'an unknown user, answered like a wrong password',
    file: 'infra/constructs/user-pools.ts',
    find: 'preventUserExistenceErrors: true,',
    replacement: '',
    noticedBy: {
      test: 'infra/constructs/protection.test.ts',
      named: 'tokens can be revoked, and an unknown user is answered like a wrong password',
    },
  },
  {
    name: 'what a user’s client may write, in the local cloud',
    file: 'infra/local/cognito/users/attribute-rules.ts',
    find: 'if (!allowed) throw',
    replacement: "if (name === '') throw",
    noticedBy: {
      test: 'infra/local/cognito/attack/sessions.test.ts',
      named: 'sessions let nobody write what the client may not',
    },
  },
];
