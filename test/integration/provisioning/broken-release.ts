import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { expect, test } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { aRegistration, anOperator, register, untilOnboarded } from '../../support/given.ts';
import { graphqlData } from '../../support/graphql.ts';
import { runsOf, siloPatience } from '../../support/provisioning.ts';
import { setPoolRelease } from '../../support/pool-release.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { stackOutputs } from '../../support/stack-outputs.ts';

/** The deployed release with a role that trusts nobody in its template, under a name of its own. */
async function publishBroken(outputs: Outputs, release: string, bucket: string): Promise<string> {
  const s3 = new S3Client({ ...sdkSettings(outputs), forcePathStyle: true });
  const read = async (key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  };
  const template = JSON.parse(Buffer.from(await read(`releases/${release}/template.json`)).toString()) as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };
  const table = Object.values(template.Resources).find(({ Type }) => Type === 'AWS::DynamoDB::Table');
  if (table) table.Properties['KeySchema'] = [{ AttributeName: 'not-an-attribute', KeyType: 'HASH' }];
  const text = JSON.stringify(template);
  const broken = '0.0.0-broken000001';
  const manifest = JSON.parse(Buffer.from(await read(`releases/${release}/manifest.json`)).toString()) as object;
  const files = {
    'template.json': text,
    'program.zip': await read(`releases/${release}/program.zip`),
    'manifest.json': JSON.stringify({
      ...manifest,
      release: broken,
      template: {
        key: `releases/${broken}/template.json`,
        sha256: createHash('sha256').update(text).digest('hex'),
        size: text.length,
      },
    }),
  };
  for (const [name, Body] of Object.entries(files))
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `releases/${broken}/${name}`, Body }));
  return broken;
}

export function brokenReleases(outputs: () => Outputs): void {
  test(
    'a release that cannot be made: rolled back, FAILED with the cause; with a good one the retry succeeds',
    async () => {
      const operator = await anOperator(outputs());
      const { Release: good = '', ReleaseBucket = '' } = await stackOutputs(outputs(), 'cotenant-provisioning');
      const broken = await publishBroken(outputs(), good, ReleaseBucket);
      await setPoolRelease(outputs(), broken);
      const { registration } = await register(outputs(), aRegistration({ tier: 'PLATINUM' }));
      const failed = await untilOnboarded(outputs(), registration?.id ?? '', siloPatience);
      await setPoolRelease(outputs(), good);
      expect(failed).toMatchObject({
        status: 'FAILED',
        failure: expect.stringContaining('PROVISION_STACK') as unknown,
      });
      const [run] = await runsOf(outputs(), operator, failed.tenantId);
      expect(run).toMatchObject({ status: 'FAILED', failedStep: 'DEPLOY_STACK', release: broken });
      expect(run?.failure).toMatch(/AWS::DynamoDB::Table/);
      expect(run?.logTail.join('\n')).toContain('ROLLBACK');

      const retry =
        'mutation R($input: RetryProvisioningInput!) { retryProvisioning(input: $input) { run { attempt release } userErrors { message } } }';
      const input = { tenantId: failed.tenantId };
      expect(await graphqlData(outputs().controlPlane.graphqlUrl, operator.headers, retry, { input })).toEqual({
        retryProvisioning: { run: { attempt: 2, release: good }, userErrors: [] },
      });
      expect(await untilOnboarded(outputs(), registration?.id ?? '', siloPatience)).toMatchObject({
        status: 'ACTIVE',
        failure: null,
      });
      const { Stacks = [] } = await new CloudFormationClient(sdkSettings(outputs())).send(
        new DescribeStacksCommand({ StackName: `cotenant-tenant-${failed.tenantId}` }),
      );
      expect(Stacks.map(({ StackStatus }) => StackStatus)).toEqual(['CREATE_COMPLETE']);
    },
    3 * siloPatience,
  );
}
