import type { Guard } from '../guard.ts';

const file = 'infra/constructs/require-guards.ts';
const test = 'infra/constructs/require-guards.test.ts';
const ofPlanes = { file: 'infra/constructs/plane-resolvers.ts', test: 'infra/constructs/plane-resolvers.test.ts' };
const ofApps = { file: 'infra/constructs/checked-app.ts', test: 'infra/constructs/checked-app.test.ts' };
const ownKeys = 'infra/constructs/require-own-keys.ts';
const ownKeysTest = 'infra/constructs/require-own-keys.test.ts';

/** What synth refuses to make a template of. */
export const synthGuards: readonly Guard[] = [
  {
    name: 'the look at gates and permissions, for each plane',
    file: 'infra/constructs/plane-resolvers.ts',
    find: 'requireGuards({ plane, fields, permissions, guards, stepsOf });',
    replacement: 'void requireGuards;',
    noticedBy: { test: 'infra/constructs/plane-resolvers.test.ts', named: 'one without its gate is refused' },
  },
  {
    name: 'the look at keys, for each step of a plane that tenants use',
    file: 'infra/constructs/plane-resolvers.ts',
    find: "if (guards.some(({ role }) => role === 'TENANT')) requireOwnKeys(step, code);",
    replacement: 'void requireOwnKeys;',
    noticedBy: {
      test: 'infra/constructs/plane-resolvers.test.ts',
      named: 'one whose step takes keys of its arguments is refused',
    },
  },
  {
    name: 'the look at language and size, for each step',
    file: ofPlanes.file,
    find: 'requireAppsyncCode(step, code);',
    replacement: 'void requireAppsyncCode;',
    noticedBy: { test: ofPlanes.test, named: 'one of more than APPSYNC_JS is refused' },
  },
  {
    name: 'ten steps a field at most',
    file: ofPlanes.file,
    find: 'if (pipeline.length > mostFunctions) {',
    replacement: 'if (pipeline.length > 1000) {',
    noticedBy: { test: ofPlanes.test, named: 'a field of more than ten steps is refused' },
  },
  {
    name: 'steps for each field, and a field for all steps',
    file: ofPlanes.file,
    find: 'requireSteps(plane, fields, pipelines);',
    replacement: 'void requireSteps;',
    noticedBy: { test: ofPlanes.test, named: 'a field without steps is refused, and so are steps of no field' },
  },
  {
    name: 'cdk-nag’s AwsSolutions, for each template',
    file: ofApps.file,
    find: 'Validations.of(app).addPlugins(new AwsSolutionsChecks(app));',
    replacement: 'void [AwsSolutionsChecks, Validations];',
    noticedBy: {
      test: ofApps.test,
      named: 'a bucket that takes requests without TLS and logs none is refused by cdk-nag',
    },
  },
  {
    name: 'CloudFormation’s own rules, for each template',
    file: ofApps.file,
    find: "'@aws-cdk/core:validateAgainstDefaultRules': true",
    replacement: "'@aws-cdk/core:validateAgainstDefaultRules': false",
    noticedBy: {
      test: ofApps.test,
      named: 'a property that CloudFormation does not know is refused by its own rules',
    },
  },
  {
    name: 'a gate before each field that needs one',
    file,
    find: 'if (!isMeant || first.join() === steps.join()) return [];',
    replacement: 'if (first) return [];',
    noticedBy: { test, named: "synth is refused 'Query.me' without the gate" },
  },
  {
    name: 'a row of permissions for each field',
    file,
    find: 'if (!roles) return [`${field.coordinate} has no row in schema/permissions.ts`];',
    replacement: 'if (!roles) return [];',
    noticedBy: { test, named: "synth is refused 'Query.me' without a row of permissions" },
  },
  {
    name: 'a field for each row of permissions',
    file,
    find: 'if (!known.has(row)) problems',
    replacement: 'if (row === "") problems',
    noticedBy: { test, named: 'synth is refused a row without a field' },
  },
  {
    name: 'the system’s fields closed to all others, by @aws_iam',
    file,
    find: "if (isSystem !== directives.includes('aws_iam'))",
    replacement: 'if (coordinate === "")',
    noticedBy: { test, named: 'synth is refused Query.me for SYSTEM, which the schema does not open to them alone' },
  },
  {
    name: 'only public fields open by the API key',
    file,
    find: "if (isPublic !== directives.includes('aws_api_key'))",
    replacement: 'if (coordinate === "")',
    noticedBy: { test, named: 'synth is refused Query.me for PUBLIC, which the schema does not open to them alone' },
  },
  {
    name: 'keys of tenants’ data that come from the caller’s tenant, in each bundle',
    file: ownKeys,
    find: '} else if (!isKey(bundle, contexts, keyOf(call, maker)))',
    replacement: "} else if (maker === '')",
    noticedBy: { test: ownKeysTest, named: 'refuses a partition that a later one replaces' },
  },
  {
    name: 'requests on tenants’ data that one file makes, in each bundle',
    file: ownKeys,
    find: 'if (!isTableOperation(node) || isOf(bundle, requestModule, node)) return;',
    replacement: 'if (node) return;',
    noticedBy: { test: ownKeysTest, named: 'refuses a request by hand' },
  },
  {
    name: 'requests on tenants’ data that are answered as they were made, in each bundle',
    file: ownKeys,
    find: 'if (!isRequest(bundle, answer))',
    replacement: 'if (answer === bundle.program)',
    noticedBy: { test: ownKeysTest, named: 'refuses a request that was given another key' },
  },
  {
    name: 'transactions of items that are as they were made, in each bundle',
    file: ownKeys,
    find: 'if (!areItems(bundle, call)) report',
    replacement: "if (maker === '') report",
    noticedBy: { test: ownKeysTest, named: 'refuses an item that was given another key' },
  },
  {
    name: 'keys that nothing has changed since they were made, in each bundle',
    file: 'infra/constructs/own-keys/keys.ts',
    find: ' && bundle.usesOf(binding).every((use) => isHandedOn(bundle, use))',
    replacement: '',
    noticedBy: { test: ownKeysTest, named: 'refuses a key that is written into' },
  },
  {
    name: 'keys of the request’s own context, in each bundle',
    file: ownKeys,
    find: 'checkContexts(bundle, contexts, report);',
    replacement: '',
    noticedBy: { test: ownKeysTest, named: 'refuses another context for another function' },
  },
  {
    name: 'the brand of a request, without which another key in it compiles',
    file: 'resolvers/lib/dynamodb.ts',
    find: 'readonly [own]: true;',
    replacement: 'readonly [own]?: true;',
    noticedBy: { test: 'resolvers/lib/tenantKey.test.ts', named: 'does not compile without a tenant: test/types' },
  },
  {
    name: 'resolver code that is APPSYNC_JS',
    file: 'infra/local/appsync/language/check-code.ts',
    find: 'checkGlobals(references, report);',
    replacement: '',
    noticedBy: { test: 'infra/local/appsync/language/check-code.test.ts', named: 'globals process does not exist' },
  },
];
