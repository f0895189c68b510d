import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { BatchGetCommand, DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import { aCompany } from '../../support/given.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { shopOf } from '../../support/shop.ts';
import { scan } from '../../support/tables.ts';
import type { Scene } from '../scene.ts';

/** What the session of a data role reaches, as functions open it: layer/tenant-session.ts. */
export function dataRoleFlows(scene: () => Scene): void {
  const pooled = async () => {
    const row = (await scan(scene().outputs, 'control-plane-TenantStackMapping')).find(
      ({ tenantId }) => tenantId === 'pooled',
    );
    return row as { dataRoleArn: string; productsTable: string; ordersTable: string };
  };
  const sessionOf = async (RoleArn: string, Tags?: { Key: string; Value: string }[]) => {
    const sts = new STSClient(sdkSettings(scene().outputs));
    const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test', ...(Tags && { Tags }) });
    const { Credentials } = await sts.send(command);
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    return DynamoDBDocumentClient.from(new DynamoDBClient({ ...sdkSettings(scene().outputs), credentials }));
  };
  const of = (tenantId: string) => [{ Key: 'TenantId', Value: tenantId }];
  const products = (table: string, shardId: string) =>
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'shardId = :shard',
      ExpressionAttributeValues: { ':shard': shardId },
    });

  describe('the data role', () => {
    test('a session of one tenant reads its rows, and no other tenant’s whatever it asks for', async () => {
      const { outputs } = scene();
      const [a, b] = [await aCompany(outputs), await aCompany(outputs)];
      for (const { admin } of [a, b]) await shopOf(outputs, admin).stock();
      const { dataRoleArn, productsTable } = await pooled();
      const session = await sessionOf(dataRoleArn, of(a.tenantId));
      expect((await session.send(products(productsTable, `${a.tenantId}#0`))).Items).toHaveLength(1);

      const denied = { name: 'AccessDeniedException' };
      await expect(session.send(products(productsTable, `${b.tenantId}#0`))).rejects.toMatchObject(denied);
      const Keys = [a, b].map(({ tenantId }) => ({ shardId: `${tenantId}#0`, productId: 'P' }));
      const both = new BatchGetCommand({ RequestItems: { [productsTable]: { Keys } } });
      await expect(session.send(both)).rejects.toMatchObject(denied);

      // The condition is what refuses: without it the same call is answered.
      const iam = new IAMClient(sdkSettings(outputs));
      const RoleName = dataRoleArn.split('/').at(-1) ?? '';
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      const policy = { RoleName, PolicyName: PolicyNames[0] ?? '' };
      const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(policy));
      const document = JSON.parse(decodeURIComponent(PolicyDocument ?? '')) as { Statement: { Condition?: object }[] };
      const open = { ...document, Statement: document.Statement.map(({ Condition: _condition, ...rest }) => rest) };
      await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(open) }));
      expect((await session.send(products(productsTable, `${b.tenantId}#0`))).Items).toHaveLength(1);
      await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument: JSON.stringify(document) }));
      await expect(session.send(products(productsTable, `${b.tenantId}#0`))).rejects.toMatchObject(denied);
    });

    test('nobody gets a session without a tenant, or with a further tag', async () => {
      const { dataRoleArn } = await pooled();
      await expect(sessionOf(dataRoleArn)).rejects.toMatchObject({ name: 'AccessDenied' });
      await expect(sessionOf(dataRoleArn, of(''))).rejects.toThrow();
      const more = [...of('A'), { Key: 'Role', Value: 'admin' }];
      await expect(sessionOf(dataRoleArn, more)).rejects.toMatchObject({ name: 'AccessDenied' });
    });
  });
}
