import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { nameWith } from '../../support/sdk.ts';
import type { Scene } from '../scene.ts';

const mismatch =
  /^The request signature we calculated does not match the signature you provided\. Check your AWS Secret Access Key and signing method\./;

/** Who may call, and what. */
export function accessChecks(scene: () => Scene): void {
  const as = (accessKeyId: string, secretAccessKey: string, sessionToken?: string) => ({
    ...scene().settings,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    maxAttempts: 1,
  });

  describe('wrong credentials are refused, as each service says it', () => {
    const calls = (settings: ReturnType<typeof as>) => ({
      dynamodb: () => new DynamoDBClient(settings).send(new ListTablesCommand({})),
      lambda: () => new LambdaClient(settings).send(new ListFunctionsCommand({})),
      sts: () => new STSClient(settings).send(new GetCallerIdentityCommand({})),
      cloudformation: () => new CloudFormationClient(settings).send(new ListStacksCommand({})),
      s3: () => new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({})),
    });

    test.each([
      ['dynamodb', 'InvalidSignatureException'],
      ['lambda', 'InvalidSignatureException'],
      ['sts', 'SignatureDoesNotMatch'],
      ['cloudformation', 'SignatureDoesNotMatch'],
      ['s3', 'SignatureDoesNotMatch'],
    ] as const)('%s, for a wrong secret: %s', async (service, name) => {
      await expect(calls(as('test', 'guessed'))[service]()).rejects.toMatchObject({
        name,
        message: expect.stringMatching(mismatch) as string,
      });
    });

    test.each([
      ['dynamodb', 'UnrecognizedClientException'],
      ['lambda', 'UnrecognizedClientException'],
      ['sts', 'InvalidClientTokenId'],
      ['cloudformation', 'InvalidClientTokenId'],
      ['s3', 'InvalidAccessKeyId'],
    ] as const)('%s, for a key that nobody has: %s', async (service, name) => {
      const key = 'AKIAIOSFODNN7EXAMPLE';
      await expect(calls(as(key, key))[service]()).rejects.toMatchObject({ name });
    });
  });

  describe('a role', () => {
    const sts = () => new STSClient(scene().settings);
    const iam = () => new IAMClient(scene().settings);

    test('of a function is taken by nobody but Lambda', async () => {
      const { Roles: roles = [] } = await iam().send(new ListRolesCommand({}));
      const name = nameWith(
        'pooled-PreToken',
        roles.map(({ RoleName }) => RoleName),
      );
      const RoleArn = `arn:aws:iam::000000000000:role/${name}`;
      await expect(sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me' }))).rejects.toMatchObject({
        name: 'AccessDenied',
        message: `User: arn:aws:iam::000000000000:root is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      });
    });

    test('may do what its policy says, and is told what it may not', async () => {
      const RoleName = 'tenant-reader';
      const { TableNames: tables } = await new DynamoDBClient(scene().settings).send(new ListTablesCommand({}));
      const table = nameWith('control-plane-Tiers', tables ?? []);
      const arn = (name: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${name}`;
      const allow = (Action: string, Resource: string, more: object = {}) => ({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action, Resource, ...more }],
      });
      const account = { AWS: 'arn:aws:iam::000000000000:root' };
      const trust = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: account }] };
      const { Role: role } = await iam().send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust) }),
      );
      const onlyBasic = { Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['BASIC'] } } };
      await iam().send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: 'basic',
          PolicyDocument: JSON.stringify(allow('dynamodb:GetItem', arn(table), onlyBasic)),
        }),
      );
      const { Credentials: keys } = await sts().send(
        new AssumeRoleCommand({ RoleArn: role?.Arn, RoleSessionName: 'reading' }),
      );
      const session = as(keys?.AccessKeyId ?? '', keys?.SecretAccessKey ?? '', keys?.SessionToken);
      const me = 'arn:aws:sts::000000000000:assumed-role/tenant-reader/reading';
      expect(await new STSClient(session).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: me });

      const dynamodb = new DynamoDBClient(session);
      const read = (tier: string) =>
        dynamodb.send(new GetItemCommand({ TableName: table, Key: { tier: { S: tier } } }));
      const denied = (action: string, resource: string) => ({
        name: 'AccessDeniedException',
        message: `User: ${me} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      });
      expect((await read('BASIC')).Item).toMatchObject({ tier: { S: 'BASIC' } });
      await expect(read('PREMIUM')).rejects.toMatchObject(denied('dynamodb:GetItem', arn(table)));
      await expect(
        dynamodb.send(new PutItemCommand({ TableName: table, Item: { tier: { S: 'BASIC' } } })),
      ).rejects.toMatchObject(denied('dynamodb:PutItem', arn(table)));
      const other = nameWith('control-plane-Gates', tables ?? []);
      await expect(
        dynamodb.send(new GetItemCommand({ TableName: other, Key: { tenantId: { S: 'BASIC' } } })),
      ).rejects.toMatchObject(denied('dynamodb:GetItem', arn(other)));
      await expect(new LambdaClient(session).send(new ListFunctionsCommand({}))).rejects.toMatchObject(
        denied('lambda:ListFunctions', '*'),
      );

      const stolen = as(
        keys?.AccessKeyId ?? '',
        keys?.SecretAccessKey ?? '',
        `${keys?.SessionToken?.slice(0, -4)}AAAA`,
      );
      await expect(new STSClient(stolen).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
        name: 'InvalidClientTokenId',
      });
      await iam().send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'basic' }));
      await expect(read('BASIC')).rejects.toMatchObject({ name: 'AccessDeniedException' });
      await iam().send(new DeleteRoleCommand({ RoleName }));
    });
  });
}
