import type { Guard } from '../guard.ts';

const evaluate = 'infra/local/identity/policy/evaluate.ts';
const policyTest = 'infra/local/identity/policy/policy.test.ts';
const assumeRole = 'infra/local/identity/assume-role.ts';
const identityTest = 'infra/local/identity/identity.test.ts';
const sessionTagsTest = 'infra/local/identity/session-tags.test.ts';
const dataRole = 'infra/constructs/tenant-data-role.ts';
const dataRoleTest = 'infra/constructs/tenant-data-role.test.ts';
const metering = 'infra/constructs/usage-metering.ts';
const meteringTest = 'infra/constructs/usage-metering.test.ts';
const nothingElse = 'it changes nothing else of a gate: neither limits nor status nor where the tenant lives';
const rowsOfTenant = 'rows of the tenant that a session is tagged with ';
const aloneTrusted = 'STS over the SDK a role that only the account is trusted with needs a permission of its own';

/** IAM: what the templates say, and that the local cloud holds everybody to it. */
export const permissionGuards: readonly Guard[] = [
  {
    name: 'the partition keys that a tenant’s data role reaches',
    file: dataRole,
    find: "'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },",
    replacement: "'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys, '*'] },",
    noticedBy: { test: dataRoleTest, named: 'a session reaches the rows of its tenant and no others' },
  },
  {
    name: 'the data role’s refusal of requests without partition keys',
    file: dataRole,
    find: "'dynamodb:LeadingKeys': 'false', [",
    replacement: '[',
    noticedBy: { test: dataRoleTest, named: 'a session reaches the rows of its tenant and no others' },
  },
  {
    name: 'the data role’s refusal of sessions that name no tenant',
    file: dataRole,
    find: "StringLike: { [`aws:RequestTag/${tenantTag}`]: '?*' },",
    replacement: '',
    noticedBy: { test: dataRoleTest, named: 'nobody assumes it without naming one tenant and nothing else' },
  },
  {
    name: 'the data role’s refusal of other tags',
    file: dataRole,
    find: "'ForAllValues:StringEquals': { 'aws:TagKeys': [tenantTag] },",
    replacement: '',
    noticedBy: { test: dataRoleTest, named: 'nobody assumes it without naming one tenant and nothing else' },
  },
  {
    name: 'the attributes of a gate that the meter can change',
    file: metering,
    find: "'ForAllValues:StringLike': { 'dynamodb:Attributes': ['tenantId', 'blockedUsers', ...counters] },",
    replacement: 'StringLike: {},',
    noticedBy: { test: meteringTest, named: nothingElse },
  },
  {
    name: 'the meter’s refusal to change a gate without saying what',
    file: metering,
    find: "Null: { 'dynamodb:Attributes': 'false' },",
    replacement: '',
    noticedBy: { test: meteringTest, named: nothingElse },
  },
  {
    name: 'the rows that a stack of one tenant reaches of tables of all',
    file: 'infra/stacks/tenant-stack.ts',
    find: "Fn.conditionIf(isPool.logicalId, '*', tenantId)",
    replacement: "Fn.conditionIf(isPool.logicalId, '*', '*')",
    noticedBy: {
      test: 'infra/stacks/tenant-stack.test.ts',
      named: 'UsersRole at TenantUsers in a stack of one tenant, reaches that tenant’s rows and no others',
    },
  },
  {
    name: 'the claims that a stack writes: those of its own addresses',
    file: 'infra/stacks/tenant-stack.ts',
    find: "emailClaim(tenantId, '*')",
    replacement: "'*'",
    noticedBy: {
      test: 'infra/stacks/tenant-stack.test.ts',
      named: 'users of pooled write claims of its own addresses, and no tenant',
    },
  },
  {
    name: 'the tenant in the tag of a function’s session',
    file: 'functions/layer/tenant-session.ts',
    find: 'Tags: [{ Key: tenantTag, Value: tenantId }],',
    replacement: '',
    noticedBy: {
      test: 'functions/layer/tenant-session.test.ts',
      named: 'a session is tagged with its tenant, also for the sessions that it asks for',
    },
  },
  {
    name: 'a session of its own for each tenant',
    file: 'functions/layer/tenant-session.ts',
    find: 'const name = `${roleArn} ${tenantId}`;',
    replacement: 'const name = roleArn;',
    noticedBy: {
      test: 'functions/layer/tenant-session.test.ts',
      named: 'tenants and roles have sessions of their own, each used again until shortly before its end',
    },
  },
  {
    name: 'an explicit deny, in the local cloud',
    file: evaluate,
    find: "if (policies[kind]?.some((statement) => applies(statement, 'Deny'))) return",
    replacement: 'if (kind === undefined) return',
    noticedBy: { test: policyTest, named: 'elements an explicit deny wins, wherever it stands' },
  },
  {
    name: 'refusal of what no policy allows, in the local cloud',
    file: evaluate,
    find: "if (statements && !statements.some((statement) => applies(statement, 'Allow')))",
    replacement: 'if (kind === undefined)',
    noticedBy: { test: policyTest, named: 'variables a variable is its value, taken literally' },
  },
  {
    name: 'permissions boundaries, in the local cloud',
    file: evaluate,
    find: "['boundary', 'a permissions boundary', 'permissions boundary'],",
    replacement: '',
    noticedBy: { test: policyTest, named: 'elements boundary and session policy narrow, and grant nothing' },
  },
  {
    name: 'session policies, in the local cloud',
    file: evaluate,
    find: "['session', 'a session policy', 'session policy'],",
    replacement: '',
    noticedBy: { test: policyTest, named: 'elements boundary and session policy narrow, and grant nothing' },
  },
  {
    name: 'the conditions of a policy, in the local cloud',
    file: evaluate,
    find: ' &&\n    statement.holds(context);',
    replacement: ';',
    noticedBy: { test: policyTest, named: 'conditions unequal' },
  },
  {
    name: 'every one of many values, in the local cloud',
    file: 'infra/local/identity/policy/conditions.ts',
    find: 'return (context) => (context.values(key) ?? []).every(',
    replacement: 'return (context) => (context.values(key) ?? [""]).some(',
    noticedBy: { test: policyTest, named: 'conditions one not of' },
  },
  {
    name: 'the Null condition, in the local cloud',
    file: 'infra/local/identity/policy/conditions.ts',
    find: '=== 0) === expectsAbsent;',
    replacement: '=== 0) === expectsAbsent || true;',
    noticedBy: {
      test: sessionTagsTest,
      named: `${rowsOfTenant}and of no other: neither among its own, nor by a call that names none`,
    },
  },
  {
    name: 'a tag that is a text and no pattern, in the local cloud',
    file: 'infra/local/identity/policy/pattern.ts',
    find: 'tokens.push(fold(value));',
    replacement: "tokens.push(value === '*' ? anyText : fold(value));",
    noticedBy: { test: sessionTagsTest, named: `${rowsOfTenant}none without the tag, and a tag is no pattern` },
  },
  {
    name: 'the partition keys of a request, as its condition key',
    file: 'infra/local/dynamodb/item-access.ts',
    find: "...(leadingKeys.length > 0 ? { 'dynamodb:LeadingKeys': leadingKeys } : {}),",
    replacement: '',
    noticedBy: {
      test: 'infra/local/dynamodb/access.test.ts',
      named: 'what is asked of the identity attributes are those that the request names',
    },
  },
  {
    name: 'the attributes of a request, as its condition key',
    file: 'infra/local/dynamodb/item-access.ts',
    find: "'dynamodb:Attributes': () => attributesNamed(request),",
    replacement: '',
    noticedBy: {
      test: 'infra/local/dynamodb/access.test.ts',
      named: 'what is asked of the identity attributes are those that the request names',
    },
  },
  {
    name: 'authorization before the engine is asked',
    file: 'infra/local/dynamodb/execute.ts',
    find: 'if (principal.roleArn !== undefined) (await',
    replacement: "if (principal.roleArn === '') (await",
    noticedBy: {
      test: 'infra/local/dynamodb/access.test.ts',
      named: 'what is asked of the identity what is refused is not done',
    },
  },
  {
    name: 'a role’s trust in the service that assumes it',
    file: assumeRole,
    find: "if (evaluateTrust(statements, 'sts:AssumeRole', { service }, context) === 'none')",
    replacement: 'if (statements.length < 0)',
    noticedBy: {
      test: identityTest,
      named:
        'roles of CloudFormation only the trusted service gets a session, and a deleted role’s session may do nothing',
    },
  },
  {
    name: 'a role’s trust in whoever assumes it',
    file: assumeRole,
    find: "if (!role || trust === 'none') throw",
    replacement: 'if (!role) throw',
    noticedBy: { test: identityTest, named: aloneTrusted },
  },
  {
    name: 'the caller’s own permission, where only its account is trusted',
    file: assumeRole,
    find: "const denied = trust === 'account' ? refusal !== undefined : refusal?.startsWith('with an explicit deny');",
    replacement: "const denied = refusal?.startsWith('with an explicit deny');",
    noticedBy: { test: identityTest, named: aloneTrusted },
  },
  {
    name: 'the conditions of a trust policy',
    file: 'infra/local/identity/policy/evaluate-trust.ts',
    find: ' || !statement.holds(context)',
    replacement: '',
    noticedBy: { test: identityTest, named: 'STS over the SDK tags, policy and duration bind the session' },
  },
  {
    name: 'the right to tag a session',
    file: assumeRole,
    find: "['sts:AssumeRole', 'sts:TagSession']",
    replacement: "['sts:AssumeRole']",
    noticedBy: { test: sessionTagsTest, named: 'tags need sts:TagSession beside sts:AssumeRole' },
  },
  {
    name: 'a transitive tag that stays as it is',
    file: assumeRole,
    find: 'if (replaced.length > 0)',
    replacement: 'if (replaced.length < 0)',
    noticedBy: {
      test: sessionTagsTest,
      named: 'transitive session tags cannot be set again, and have to be tags',
    },
  },
  {
    name: 'the permission that a service needs to call a function',
    file: 'infra/local/lambda/invocations/check-permission.ts',
    find: 'if (granted) return;',
    replacement: 'if (permissions) return;',
    noticedBy: {
      test: 'infra/local/lambda/access.test.ts',
      named: 'a service as the caller is refused unless a statement names it and its source',
    },
  },
  {
    name: 'the permission that a role needs to call a function',
    file: 'infra/local/lambda/invocations/check-permission.ts',
    find: "if (!('service' in caller)) return identity.authorize(caller, action, arn);",
    replacement: "if (!('service' in caller)) return;",
    noticedBy: {
      test: 'infra/local/lambda/access.test.ts',
      named: 'a principal needs lambda:InvokeFunction on the function',
    },
  },
];
