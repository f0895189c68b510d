import { CfnResource, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { expect, test, vi } from 'vitest';
import { checkedApp } from './checked-app.ts';

async function synthesized(make: (stack: Stack) => void): Promise<() => void> {
  const app = await checkedApp({});
  make(new Stack(app, 'Stack'));
  return () => app.synth();
}

// Loading the rules takes most of the time.
vi.setConfig({ testTimeout: 120_000 });

test('what no rule finds fault with is synthesized', async () => {
  expect(
    await synthesized(
      (stack) =>
        new CfnResource(stack, 'Parameter', {
          type: 'AWS::SSM::Parameter',
          properties: { Type: 'String', Value: 'v' },
        }),
    ),
  ).not.toThrow();
});

test('a bucket that takes requests without TLS and logs none is refused by cdk-nag', async () => {
  expect(await synthesized((stack) => new Bucket(stack, 'Open'))).toThrow(/AwsSolutions-S10/);
});

test('a property that CloudFormation does not know is refused by its own rules', async () => {
  const properties = { Type: 'String', Value: 'v', Valeu: 'v' };
  expect(
    await synthesized((stack) => new CfnResource(stack, 'P', { type: 'AWS::SSM::Parameter', properties })),
  ).toThrow(/Valeu/);
});
