import { beforeEach, describe, expect, test } from 'vitest';
import type { Firewall, JsonObject, LocalService, ResourceProvider, ResourceResult } from '../service.ts';
import { createMemoryState } from '../state/memory.ts';
import { createFirewall } from './index.ts';

const apiArn = 'arn:aws:appsync:us-east-1:000000000000:apis/shop';
const otherApiArn = 'arn:aws:appsync:us-east-1:000000000000:apis/other';
const environment = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint: 'http://localhost:1',
  certificateAuthority: '',
  folder: '',
};
const VisibilityConfig = { MetricName: 'shop', CloudWatchMetricsEnabled: 'true', SampledRequestsEnabled: true };
const rate = (statement: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  Name: 'rate',
  Priority: 0,
  Action: { Block: {} },
  Statement: { RateBasedStatement: { Limit: '10', AggregateKeyType: 'IP', ...statement } },
  VisibilityConfig,
  ...more,
});
const common: JsonObject = {
  Name: 'common',
  Priority: 1,
  OverrideAction: { None: {} },
  Statement: {
    ManagedRuleGroupStatement: {
      VendorName: 'AWS',
      Name: 'AWSManagedRulesCommonRuleSet',
      RuleActionOverrides: [{ Name: 'NoUserAgent_HEADER', ActionToUse: { Count: {} } }],
    },
  },
  VisibilityConfig,
};
const webAcl = (rules: readonly JsonObject[] = [rate(), common], more: JsonObject = {}): JsonObject => ({
  Scope: 'REGIONAL',
  DefaultAction: { Allow: {} },
  Rules: rules,
  VisibilityConfig,
  ...more,
});

let now: number;
let firewall: LocalService & Firewall;
beforeEach(() => {
  now = Date.parse('2026-11-25T00:00:00Z');
  firewall = createFirewall({ state: createMemoryState(), environment, clock: { now: () => now } });
});

const scope = { stackName: 's', stackId: 's', logicalId: 'Acl', tags: {} };
function provider(type: 'WebACL' | 'WebACLAssociation'): ResourceProvider {
  const found = firewall.providers?.find((candidate) => candidate.type === `AWS::WAFv2::${type}`);
  if (!found) throw new Error(`No provider of ${type}`);
  return found;
}
/** In CloudFormation's way: a promise, whether reading fails or writing. */
const create = async (properties: JsonObject, token = 'token'): Promise<ResourceResult> =>
  await provider('WebACL').create({ ...scope, token, properties });
const update = async (acl: ResourceResult, properties: JsonObject) =>
  await provider('WebACL').update({ ...scope, physicalId: acl.physicalId, properties, previous: {} });
const remove = async (acl: ResourceResult) =>
  await provider('WebACL').delete({ ...scope, physicalId: acl.physicalId, properties: {} });
const associate = async (acl: ResourceResult, ResourceArn = apiArn): Promise<ResourceResult> =>
  await provider('WebACLAssociation').create({
    ...scope,
    token: 'association',
    properties: { ResourceArn, WebACLArn: acl.attributes['Arn'] ?? '' },
  });
const dissociate = async ({ physicalId }: ResourceResult) =>
  await provider('WebACLAssociation').delete({ ...scope, physicalId, properties: {} });

/** How many of so many requests pass. */
function pass(count: number, address = '192.0.2.1', arn = apiArn): number {
  return Array.from({ length: count }, () => firewall.admits(arn, address)).filter(Boolean).length;
}

describe('a rate by address', () => {
  test('lets its limit pass within the window, to each address, whatever API it asks', async () => {
    const acl = await create(webAcl());
    await associate(acl);
    expect(pass(25)).toBe(10);
    expect(pass(25, '192.0.2.2')).toBe(10);
    expect(pass(25, '192.0.2.1', otherApiArn)).toBe(25);
    await associate(acl, otherApiArn);
    expect(pass(25, '192.0.2.1', otherApiArn)).toBe(0);
  });

  test('counts what it blocks, and lets pass again when the window holds less', async () => {
    await associate(await create(webAcl()));
    pass(10);
    now += 290_000;
    expect(pass(5)).toBe(0);
    now += 11_000;
    // The ten of the beginning are out of the five minutes; the five that were blocked are in it.
    expect(pass(10)).toBe(5);
    now += 301_000;
    expect(pass(25)).toBe(10);
    now += 86_400_000;
    expect(pass(25)).toBe(10);
  });

  test('takes another window', async () => {
    await associate(await create(webAcl([rate({ EvaluationWindowSec: 60 })])));
    pass(10);
    now += 58_000;
    expect(pass(1)).toBe(0);
    now += 60_000;
    expect(pass(10)).toBe(10);
  });

  test('only counts where its action says so', async () => {
    await associate(await create(webAcl([rate({}, { Action: { Count: {} } })])));
    expect(pass(25)).toBe(25);
  });

  test('begins anew when its own settings change and with no other update', async () => {
    const acl = await create(webAcl());
    await associate(acl);
    pass(10);
    await update(acl, webAcl([rate(), common], { Description: 'another' }));
    expect(pass(1)).toBe(0);
    await update(acl, webAcl([rate({ Limit: 20 }), common]));
    expect(pass(25)).toBe(20);
  });

  test('forgets the address that it has known longest when there are too many', async () => {
    await associate(await create(webAcl()));
    expect(pass(10)).toBe(10);
    for (let index = 0; index < 10_000; index += 1) firewall.admits(apiArn, `address ${index}`);
    expect(pass(10)).toBe(10);
  });
});

describe('a web ACL', () => {
  test('blocks what no rule decides where that is its default', async () => {
    await associate(await create(webAcl([], { DefaultAction: { Block: {} } })));
    expect(pass(1)).toBe(0);
  });

  test('is the same when its creation runs again', async () => {
    const acl = await create(webAcl());
    expect(await create(webAcl())).toEqual(acl);
    expect((await create(webAcl(), 'another')).physicalId).not.toBe(acl.physicalId);
    expect(acl.attributes['Arn']).toMatch(
      /^arn:aws:wafv2:us-east-1:000000000000:regional\/webacl\/Acl-\w{12}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
  });

  test('is not deleted while it is in use', async () => {
    const acl = await create(webAcl());
    const association = await associate(acl);
    await expect(remove(acl)).rejects.toMatchObject({ code: 'WAFAssociatedItemException' });
    await dissociate(association);
    await remove(acl);
    await expect(associate(acl)).rejects.toMatchObject({ code: 'WAFNonexistentItemException' });
  });

  test.each([
    ['a property', webAcl([], { CaptchaConfig: {} }), 'WebACL.CaptchaConfig is not supported here'],
    ['a property of a rule', webAcl([rate({}, { RuleLabels: [] })]), 'WebACL.Rules.0.RuleLabels is not supported here'],
    [
      'a property of a statement',
      webAcl([rate({ ScopeDownStatement: {} })]),
      'WebACL.Rules.0.Statement.RateBasedStatement.ScopeDownStatement is not supported here',
    ],
    [
      'a kind of statement',
      webAcl([rate({}, { Statement: { GeoMatchStatement: {} } })]),
      'WebACL.Rules.0.Statement.GeoMatchStatement is not supported here',
    ],
    [
      'a response of its own',
      webAcl([rate({}, { Action: { Block: { CustomResponse: { ResponseCode: 429 } } } })]),
      'WebACL.Rules.0.Action.Block.CustomResponse is not supported here',
    ],
    ['a key', webAcl([rate({ AggregateKeyType: 'FORWARDED_IP' })]), 'expected IP, the only key'],
    ['too low a limit', webAcl([rate({ Limit: 9 })]), 'WebACL.Rules.0.Statement.RateBasedStatement.Limit'],
    ['a window', webAcl([rate({ EvaluationWindowSec: 90 })]), 'RateBasedStatement.EvaluationWindowSec'],
    ['a rule without an action', webAcl([rate({}, { Action: {} })]), 'WebACL.Rules.0.Action: expected one action'],
    ['one priority twice', webAcl([rate(), { ...common, Priority: 0 }]), 'a priority of its own'],
    ['a scope', webAcl([], { Scope: 'CLOUDFRONT' }), 'WebACL.Scope: expected REGIONAL'],
  ])('with %s that is not taken is refused by name', async (_what, properties, message) => {
    await expect(create(properties)).rejects.toMatchObject({
      code: 'WAFInvalidParameterException',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('an association', () => {
  test('that took another’s place outlives it', async () => {
    const first = await associate(await create(webAcl()));
    await associate(await create(webAcl([], { DefaultAction: { Block: {} } }), 'another'));
    expect(pass(1)).toBe(0);
    await dissociate(first);
    expect(pass(1)).toBe(0);
  });

  test('when it ends, ends what is blocked', async () => {
    const association = await associate(await create(webAcl([], { DefaultAction: { Block: {} } })));
    await dissociate(association);
    expect(pass(1)).toBe(1);
  });

  test('is for AppSync APIs', async () => {
    const acl = await create(webAcl());
    const pool = 'arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_1';
    await expect(associate(acl, pool)).rejects.toThrow('expected the ARN of an AppSync API');
  });
});
