import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { largestBurst, mostRequestsPerSecond } from '../../schema/gate.ts';
import { publicLimits } from '../../schema/public-gate.ts';
import { WebAcl } from './web-acl.ts';

const stack = new Stack();
new WebAcl(stack, 'WebAcl');
const template = Template.fromStack(stack);

/** What a gate admits in the five minutes that the firewall counts. */
const admitted = (perSecond: number, burst: number): number => perSecond * 300 + burst;

test('by default the firewall lets pass what any gate admits to one address: gates refuse first, and say when to come again', () => {
  const { Default } = template.findParameters('RequestsOfAnAddress')['RequestsOfAnAddress'] as {
    readonly Default: number;
  };
  expect(Default).toBeGreaterThan(admitted(mostRequestsPerSecond, largestBurst));
  expect(Default).toBeGreaterThan(admitted(publicLimits.reads.perSecond, publicLimits.reads.burst));
});

test('the rate is the parameter’s, over five minutes', () => {
  const statement = { RateBasedStatement: { Limit: { Ref: 'RequestsOfAnAddress' }, EvaluationWindowSec: 300 } };
  template.hasResourceProperties('AWS::WAFv2::WebACL', {
    Rules: Match.arrayWith([Match.objectLike({ Action: { Block: {} }, Statement: Match.objectLike(statement) })]),
  });
});
