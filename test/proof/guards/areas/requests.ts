import type { Guard } from '../guard.ts';

const gate = 'resolvers/lib/gate/admission.ts';
const gateTest = 'resolvers/lib/gate/gate.test.ts';
const publicGate = 'resolvers/lib/public-gate/';
const publicGateTest = 'resolvers/lib/public-gate/public-gate.test.ts';
const endings = {
  file: 'functions/control-plane-changes/end-subscriptions.ts',
  test: 'functions/control-plane-changes/end-subscriptions.test.ts',
};
const following = {
  file: 'resolvers/lib/registry/followAsOperator.ts',
  test: 'resolvers/control-plane/following.test.ts',
};

/** The gates, keys, cursors and filters between a request and the data. */
export const requestGuards: readonly Guard[] = [
  {
    name: 'the gate’s condition on suspension',
    file: gate,
    find: '#status = :active AND #stack',
    replacement: '#status <> :now AND :active <> :now AND #stack',
    noticedBy: { groups: ['standing'] },
  },
  {
    name: 'the gate’s condition on rate and burst',
    file: gate,
    find: ' AND ${admitted}',
    replacement: '',
    noticedBy: { test: gateTest, named: 'rate and burst admits one at a time where the burst is one' },
  },
  {
    name: 'the gate’s condition on the day’s quota',
    file: gate,
    find: '#day < requestsPerDay',
    replacement: '#day < requestsPerDay OR #day >= requestsPerDay',
    noticedBy: { test: gateTest, named: 'quotas starts anew at midnight and keeps the day before for the meter' },
  },
  {
    name: 'the gate’s condition on the month’s quota',
    file: gate,
    find: '#month < requestsPerMonth',
    replacement: '#month < requestsPerMonth OR #month >= requestsPerMonth',
    noticedBy: { test: gateTest, named: 'quotas holds the month’s quota over days, until the next month' },
  },
  {
    name: 'the gate’s condition on disabled users',
    file: gate,
    find: 'NOT contains(blockedUsers, :user)',
    replacement: 'NOT contains(blockedUsers, :active) AND :user <> :active',
    noticedBy: { test: gateTest, named: 'who is shut out refuses a blocked user and nobody else' },
  },
  {
    name: 'the registry’s word that a user is disabled, before the gate forgets that',
    file: 'functions/metering/forget-disabled.ts',
    find: "'#status = :disabled AND updatedAt <= :before'",
    replacement: "'#status = :disabled AND updatedAt <> :before'",
    noticedBy: {
      test: 'functions/metering/forget-disabled.test.ts',
      named: 'who is let in again, or was disabled a moment ago, stays as the registry’s own write left it',
    },
  },
  {
    name: 'the gate’s condition on the stack in which the tenant lives',
    file: gate,
    find: 'AND #stack = :stack',
    replacement: 'AND #stack <> :now AND :stack <> :now',
    noticedBy: {
      test: gateTest,
      named: 'who is shut out refuses a tenant that has moved to another stack, idle or busy',
    },
  },
  {
    name: 'the gate’s condition on writes while a tenant is moved',
    file: gate,
    find: "'AND attribute_not_exists(writesHeldSince)'",
    replacement: "''",
    noticedBy: {
      test: gateTest,
      named: 'who is shut out holds writes while a tenant is being moved, and lets it read',
    },
  },
  {
    name: 'the end of a field that rate or quota refused',
    file: 'resolvers/lib/gate/countRefusal.ts',
    find: 'if (ctx.stash.usage) runtime',
    replacement: 'if (ctx.stash.gateTime) runtime',
    noticedBy: { test: gateTest, named: 'rate and burst admits exactly the burst of 200 requests of one moment' },
  },
  {
    name: 'the end of an admission after five seconds',
    file: 'resolvers/lib/tenantKey.ts',
    find: '- gateTime > admissionLifetime',
    replacement: '- gateTime > 100000000',
    noticedBy: {
      test: gateTest,
      named: 'holds an admission for five seconds: what comes later does not begin to write',
    },
  },
  {
    name: 'the limit of public fields by network address',
    file: `${publicGate}admission.ts`,
    find: 'freeAt > :now AND freeAt <= :latest',
    replacement: 'freeAt > :now AND (freeAt <= :latest OR freeAt > :latest)',
    noticedBy: {
      test: publicGateTest,
      named: 'by network address admits exactly the burst of many requests of one moment, then the rate',
    },
  },
  {
    name: 'the limit of public fields by day',
    file: `${publicGate}admission.ts`,
    find: '#day < :perDay',
    replacement: '#day < :perDay OR #day >= :perDay',
    noticedBy: {
      test: publicGateTest,
      named: 'by network address holds a day’s limit exactly, tells when it ends, and begins anew at midnight',
    },
  },
  {
    name: 'the caller’s address as the edge saw it, not as the caller says',
    file: `${publicGate}networkAddress.ts`,
    find: 'addresses[Math.max(addresses.length - 2, 0)]',
    replacement: 'addresses[0]',
    noticedBy: {
      test: publicGateTest,
      named: 'by network address charges what AppSync saw, not what the caller says',
    },
  },
  {
    name: 'the limit of sign-ups by e-mail address',
    file: `${publicGate}admitEmailBusy.ts`,
    find: 'return takeBusy(ctx, chargedEmail(ctx));',
    replacement: 'return { admitted: true };',
    noticedBy: {
      test: publicGateTest,
      named: 'registerTenant is limited by e-mail address, from wherever and however it is written',
    },
  },
  {
    name: 'the tenant in the key of its data',
    file: 'resolvers/lib/tenantKey.ts',
    find: 'return `${caller(ctx).tenantId}#${shard}`;',
    replacement: 'return `${caller(ctx).role}#${shard}`;',
    noticedBy: { groups: ['ids', 'lists'] },
  },
  {
    name: 'the key that nobody without a tenant gets',
    file: 'resolvers/lib/tenantKey.ts',
    find: 'util.unauthorized();',
    replacement: '{}',
    noticedBy: {
      test: 'resolvers/application/isolation.test.ts',
      named: "every request of every step '../lib/gate/chargeIdle' refuses whoever has no tenant",
    },
  },
  {
    name: 'the brand of a key, without which it does not compile',
    file: 'resolvers/lib/tenantKey.ts',
    find: "export type TenantKey = Readonly<Record<string, OwnText>> & { readonly [own]: 'key' };",
    replacement: 'export type TenantKey = Readonly<Record<string, string>>;',
    noticedBy: { test: 'resolvers/lib/tenantKey.test.ts', named: 'does not compile without a tenant: test/types' },
  },
  {
    name: 'the cursor’s owner and query',
    file: 'resolvers/lib/cursor.ts',
    find: 'if (content.owner !== list.owner || content.query !== list.query)',
    replacement: 'if (content.owner === "")',
    noticedBy: {
      test: 'resolvers/application/isolation.test.ts',
      named: 'what is another tenant’s cannot be reached by a forged cursor',
    },
  },
  {
    name: 'the tenant filter of a subscription',
    file: 'resolvers/lib/subscribeOwn.ts',
    find: "filters: [own, { fieldName: 'publishedAt', operator: 'lt', value: tokenExpiresAt }]",
    replacement: "filters: [{ fieldName: 'publishedAt', operator: 'lt', value: tokenExpiresAt }]",
    noticedBy: { groups: ['realtime'] },
  },
  {
    name: 'the end of a subscription with its token',
    file: 'resolvers/lib/subscribeOwn.ts',
    find: "filters: [own, { fieldName: 'publishedAt', operator: 'lt', value: tokenExpiresAt }]",
    replacement: 'filters: [own]',
    noticedBy: {
      test: 'resolvers/application/isolation.test.ts',
      named: 'every request of every step onOrderChanged filters by the caller’s tenant, and ends with it',
    },
  },
  {
    name: 'the end of subscriptions with their tenant',
    file: endings.file,
    find: "return before['status'] === 'ACTIVE' && !goesOn ?",
    replacement: 'return goesOn && !goesOn ?',
    noticedBy: { test: endings.test, named: 'a tenant is suspended' },
  },
  {
    name: 'the end of subscriptions with their user',
    file: endings.file,
    find: "return goesOn ? undefined : { tenantId, userId: before['userId'] };",
    replacement: 'return undefined;',
    noticedBy: { test: endings.test, named: 'a user is disabled' },
  },
  {
    name: 'the end of an operator’s subscriptions with the token',
    file: following.file,
    find: "filters: [...wanted, { fieldName: 'updatedAt', operator: 'lt', value: expiry }]",
    replacement: 'filters: [...wanted]',
    noticedBy: {
      test: following.test,
      named: 'onRolloutChanged goes on while the token holds, and is sent nothing of later',
    },
  },
  {
    name: 'the end of an operator’s subscriptions by the first publication after the token',
    file: following.file,
    find: "{ filters: [{ fieldName: 'publishedAt', operator: 'ge', value: +tokenExpiresAt }] },",
    replacement: '',
    noticedBy: { test: following.test, named: 'onTenantChanged ends with the first publication after its token' },
  },
  {
    name: 'the end of an operator’s subscriptions with the operator',
    file: 'resolvers/control-plane/endFollowing.ts',
    find: 'const payload = { userId: ctx.args.input.id };',
    replacement: "const payload = { userId: '' };",
    noticedBy: {
      test: following.test,
      named: 'onTenantChanged ends with disableOperator of whoever follows it, and of nobody else',
    },
  },
  {
    name: 'the look at the operator who starts a subscription',
    file: 'resolvers/control-plane/standingOperator.ts',
    find: 'if (ctx.result !== true) util.unauthorized();',
    replacement: 'if (ctx.result === undefined) util.unauthorized();',
    noticedBy: {
      test: following.test,
      named: 'onTenantChanged begins for nobody who does not stand at that moment, or whose expiry is not known',
    },
  },
  {
    name: 'the tenant in which users are managed',
    file: 'functions/users/application-fields.ts',
    find: 'return operation({ tenantId: identity.tenantId,',
    replacement: 'return operation({ tenantId: identity.tenantId, ...input,',
    noticedBy: {
      test: 'functions/users/users.test.ts',
      named: 'isolation disableUser answers NOT_FOUND for another tenant’s user',
    },
  },
  {
    name: 'the administrator who alone manages users',
    file: 'functions/users/application-fields.ts',
    find: " || identity.role !== 'TENANT_ADMIN'",
    replacement: '',
    noticedBy: {
      test: 'functions/users/users.test.ts',
      named: 'isolation serves nobody but a tenant’s admin, and an operator only in the control plane',
    },
  },
  {
    name: 'the limit of resolvers a request',
    file: 'infra/constructs/plane-api.ts',
    find: 'resolverCountLimit: 100',
    replacement: 'resolverCountLimit: 10000',
    noticedBy: { groups: ['limits'] },
  },
];
