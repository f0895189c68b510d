import { AppSyncClient, ListGraphqlApisCommand } from '@aws-sdk/client-appsync';
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient, paginateListUserPools } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { LambdaClient, paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { anOperator } from '../../support/given.ts';
import { aSilo, settledRun, siloPatience } from '../../support/provisioning.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { requestRun } from './request-run.ts';
import { stackOutputs } from '../../support/stack-outputs.ts';

/** All names and ids of what there is, service by service, as each service lists them. */
async function everything(outputs: Outputs): Promise<Record<string, string[]>> {
  const settings = sdkSettings(outputs);
  const lambda = new LambdaClient(settings);
  const collect = async <Page>(pages: AsyncIterable<Page>, of: (page: Page) => (string | undefined)[]) => {
    const names: string[] = [];
    for await (const page of pages) names.push(...of(page).map(String));
    return names.sort();
  };
  return {
    stacks: await collect(paginateDescribeStacks({ client: new CloudFormationClient(settings) }, {}), ({ Stacks }) =>
      (Stacks ?? []).map(({ StackName }) => StackName),
    ),
    pools: await collect(
      paginateListUserPools({ client: new CognitoIdentityProviderClient(settings) }, { MaxResults: 60 }),
      ({ UserPools }) => (UserPools ?? []).map(({ Id }) => Id),
    ),
    tables: await collect(
      paginateListTables({ client: new DynamoDBClient(settings) }, {}),
      ({ TableNames }) => TableNames ?? [],
    ),
    apis: ((await new AppSyncClient(settings).send(new ListGraphqlApisCommand({ maxResults: 25 }))).graphqlApis ?? [])
      .map(({ apiId }) => String(apiId))
      .sort(),
    roles: await collect(paginateListRoles({ client: new IAMClient(settings) }, {}), ({ Roles }) =>
      (Roles ?? []).map(({ RoleName }) => RoleName),
    ),
    functions: await collect(paginateListFunctions({ client: lambda }, {}), ({ Functions }) =>
      (Functions ?? []).map(({ FunctionName }) => FunctionName),
    ),
    logs: await collect(
      paginateDescribeLogGroups({ client: new CloudWatchLogsClient(settings) }, {}),
      ({ logGroups }) => (logGroups ?? []).map(({ logGroupName }) => logGroupName),
    ),
    streams: await collect(paginateListEventSourceMappings({ client: lambda }, {}), ({ EventSourceMappings }) =>
      (EventSourceMappings ?? []).map(({ UUID }) => UUID),
    ),
  };
}

export function deprovisioning(outputs: () => Outputs): void {
  test(
    'deprovisioning leaves nothing: what there is, is what there was',
    async () => {
      const operator = await anOperator(outputs());
      const before = await everything(outputs());
      const silo = await aSilo(outputs());
      const during = await everything(outputs());
      for (const [service, names] of Object.entries(during)) {
        expect({ service, more: names.length - (before[service]?.length ?? 0) }).toEqual({
          service,
          more: expect.toSatisfy((count: number) => count >= 1) as unknown,
        });
      }
      const { Release = '' } = await stackOutputs(outputs(), 'cotenant-provisioning');
      await requestRun(outputs(), { tenantId: silo.tenantId, action: 'DEPROVISION', release: Release });
      const run = await settledRun(outputs(), operator, silo.tenantId);
      expect(run).toMatchObject({ action: 'DEPROVISION', status: 'SUCCEEDED', failure: null });
      expect(await everything(outputs())).toEqual(before);
    },
    3 * siloPatience,
  );
}
