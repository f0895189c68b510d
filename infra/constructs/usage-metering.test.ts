import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { afterAll, expect, test } from 'vitest';
import { dayCount, gateItem, monthCount, refusalCount, subscriptionCount, writeCount } from '../../schema/gate.ts';
import { compileDocument } from '../local/identity/policy/compile.ts';
import { evaluate } from '../local/identity/policy/evaluate.ts';
import { requestContext } from '../local/identity/policy/request-context.ts';
import type { ConditionContext, JsonObject } from '../local/service.ts';
import { UsageMetering } from './usage-metering.ts';

const bundles = mkdtempSync(join(tmpdir(), 'usage-metering-'));
for (const folder of ['usage', 'metering']) {
  mkdirSync(join(bundles, folder));
  writeFileSync(join(bundles, folder, 'index.js'), '');
}
afterAll(() => rmSync(bundles, { recursive: true }));

const stack = new Stack();
const table = (id: string) => new Table(stack, id, { partitionKey: { name: 'key', type: AttributeType.STRING } });
new UsageMetering(stack, 'Usage', {
  bundles,
  tenants: table('Tenants'),
  tenantUsers: table('People'),
  gates: table('Gates'),
});

/** The meter's own policy, with the tables' ARNs in place of what CloudFormation would put there. */
const policy = (() => {
  const found = Object.entries(Template.fromStack(stack).findResources('AWS::IAM::Policy')).filter(([id]) =>
    id.startsWith('UsageMetering'),
  ) as [string, { readonly Properties: JsonObject }][];
  expect(found).toHaveLength(1);
  const text = JSON.stringify(found[0]?.[1].Properties['PolicyDocument'])
    .replaceAll(/\{"Fn::GetAtt":\["(Tenants|People|Gates)[^"]*","Arn"\]\}/g, '"arn:aws:dynamodb:us-east-1:1:table/$1"')
    .replaceAll(/\{"Fn::[A-Za-z]+":\[[^{}]*(\{[^{}]*\}[^{}]*)*\]\}/g, '"arn:aws:other:us-east-1:1:thing/x"');
  return compileDocument(JSON.parse(text) as JsonObject);
})();

function may(action: string, name: string, attributes?: readonly string[]): boolean {
  const context: ConditionContext = attributes ? { 'dynamodb:Attributes': attributes } : {};
  const policies = { identity: policy, boundary: undefined, session: undefined };
  const resource = `arn:aws:dynamodb:us-east-1:1:table/${name}`;
  const denial = evaluate(
    policies,
    `dynamodb:${action}`,
    resource,
    requestContext(() => context),
  );
  return denial === undefined;
}

const counters = [dayCount, monthCount, writeCount, subscriptionCount, refusalCount].map((of) => of('2026-11-23'));

test('the meter changes counters of a gate, and who is blocked there', () => {
  expect(may('UpdateItem', 'Gates', ['tenantId', ...counters])).toBe(true);
  expect(may('UpdateItem', 'Gates', ['tenantId', 'blockedUsers'])).toBe(true);
});

test('it changes nothing else of a gate: neither limits nor status nor where the tenant lives', () => {
  const limits = { requestsPerSecond: 1, burst: 1, requestsPerDay: 1, requestsPerMonth: 1 };
  const others = Object.keys(gateItem('T1', limits, 'pooled')).filter((name) => name !== 'tenantId');
  expect(others).toContain('status');
  for (const name of [...others, 'writesHeldSince']) {
    expect(may('UpdateItem', 'Gates', ['tenantId', ...counters, name])).toBe(false);
  }
  expect(may('UpdateItem', 'Gates')).toBe(false);
  for (const action of ['PutItem', 'DeleteItem', 'Scan']) expect(may(action, 'Gates', ['tenantId'])).toBe(false);
});

test('of people it asks how they stand, and reads and writes none', () => {
  expect(may('ConditionCheckItem', 'People', ['tenantId', 'userId', 'status', 'updatedAt'])).toBe(true);
  for (const action of ['GetItem', 'BatchGetItem', 'Query', 'Scan', 'PutItem', 'UpdateItem', 'DeleteItem']) {
    expect(may(action, 'People', ['tenantId'])).toBe(false);
  }
});
