import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import {
  DeleteParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { mailsTo } from '../../support/given.ts';
import { nameWith } from '../../support/sdk.ts';
import type { Scene } from '../scene.ts';

/** What is used beside the big services. */
export function smallServiceCalls(scene: () => Scene): void {
  test('STS says who calls', async () => {
    expect(await new STSClient(scene().settings).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  test('Parameter Store has the names that the stacks share, and keeps those of others', async () => {
    const ssm = new SSMClient(scene().settings);
    const Path = '/cotenant/control-plane/tables';
    const { Parameters: parameters = [] } = await ssm.send(new GetParametersByPathCommand({ Path }));
    expect(parameters.map(({ Name }) => Name?.slice(Path.length + 1)).sort()).toEqual([
      'AuditLog',
      'Gates',
      'ProvisioningRuns',
      'Releases',
      'Rollouts',
      'TenantStackMapping',
      'TenantUsers',
      'Tenants',
      'Usage',
    ]);
    const Name = '/elsewhere/greeting';
    expect(await ssm.send(new PutParameterCommand({ Name, Value: 'hello', Type: 'String' }))).toMatchObject({
      Version: 1,
    });
    await expect(ssm.send(new PutParameterCommand({ Name, Value: 'x', Type: 'String' }))).rejects.toMatchObject({
      name: 'ParameterAlreadyExists',
    });
    await ssm.send(new DeleteParameterCommand({ Name }));
    await expect(ssm.send(new DeleteParameterCommand({ Name }))).rejects.toMatchObject({ name: 'ParameterNotFound' });
  });

  test('S3 keeps what it is given', async () => {
    const s3 = new S3Client({ ...scene().settings, forcePathStyle: true });
    const Bucket = 'a-client-of-s3';
    await s3.send(new CreateBucketCommand({ Bucket }));
    const { ETag } = await s3.send(new PutObjectCommand({ Bucket, Key: 'notes/ä b.txt', Body: 'kept' }));
    const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'notes/ä b.txt' }));
    expect([await object.Body?.transformToString(), object.ETag]).toEqual(['kept', ETag]);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'notes/' }));
    expect(Contents).toMatchObject([{ Key: 'notes/ä b.txt', Size: 4 }]);
    await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'notes/ä b.txt' }));
    await s3.send(new DeleteBucketCommand({ Bucket }));
    await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'x' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('EventBridge takes events, and names those that it does not', async () => {
    const event = { Source: 'a.client', DetailType: 'Tried', Detail: '{"times":1}' };
    const answer = await new EventBridgeClient(scene().settings).send(
      new PutEventsCommand({ Entries: [event, { ...event, Detail: 'no json' }] }),
    );
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) as string }, { ErrorCode: 'MalformedDetail' }],
    });
  });

  test('SES sends into the inbox', async () => {
    const to = 'reader@sdk.example';
    await new SESv2Client(scene().settings).send(
      new SendEmailCommand({
        FromEmailAddress: 'writer@sdk.example',
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: 'Grüße' }, Body: { Text: { Data: 'A letter.' } } } },
      }),
    );
    expect(await mailsTo(scene().outputs, to)).toMatchObject([{ to, subject: 'Grüße', text: 'A letter.' }]);
  });

  test('IAM shows a role, who may take it and what it allows', async () => {
    const iam = new IAMClient(scene().settings);
    const { Roles: roles = [] } = await iam.send(new ListRolesCommand({}));
    const RoleName = nameWith(
      'pooled-PreToken',
      roles.map((role) => role.RoleName),
    );
    const { Role: role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(role?.Arn).toBe(`arn:aws:iam::000000000000:role/${RoleName}`);
    expect(JSON.parse(decodeURIComponent(role?.AssumeRolePolicyDocument ?? ''))).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
    });
    await expect(iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
    });
    await expect(iam.send(new GetRoleCommand({ RoleName: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name none cannot be found.',
    });
  });
}
