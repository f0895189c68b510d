import {
  AppSyncClient,
  paginateListDataSources,
  paginateListFunctions as paginateListApiFunctions,
  paginateListGraphqlApis,
  paginateListResolvers,
} from '@aws-sdk/client-appsync';
import {
  type CloudFormationClient,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProviderClient, paginateListUserPools } from '@aws-sdk/client-cognito-identity-provider';
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, ListEventBusesCommand, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, paginateListRoles } from '@aws-sdk/client-iam';
import { LambdaClient, paginateListEventSourceMappings, paginateListFunctions } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';

/** How a client of AWS's SDK reaches a cloud. */
export interface SdkSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * All that the account has, as each service itself lists it: `AWS::IAM::Role shop-Role-1A2B`, with the id by which CloudFormation
 * knows it, sorted.
 */
export async function inventory(settings: SdkSettings): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(lists).map(async ([type, list]) => (await list(settings)).map((id) => `${type} ${id ?? ''}`)),
  );
  return found.flat().sort();
}

/** Log groups of the local cloud's own faults. */
const ofTheCloudItself: ReadonlySet<string> = new Set(['local-cloud', '/aws/events/undelivered']);

type List = (settings: SdkSettings) => Promise<(string | undefined)[]>;

const lists: Readonly<Record<string, List>> = {
  'AWS::IAM::Role': async (settings) =>
    await collect(paginateListRoles({ client: new IAMClient(settings) }, {}), ({ Roles }) =>
      Roles?.map(({ RoleName }) => RoleName),
    ),
  'AWS::DynamoDB::Table': async (settings) =>
    await collect(paginateListTables({ client: new DynamoDBClient(settings) }, {}), ({ TableNames }) => TableNames),
  'AWS::Cognito::UserPool': async (settings) =>
    await collect(
      paginateListUserPools({ client: new CognitoIdentityProviderClient(settings) }, { MaxResults: 60 }),
      ({ UserPools }) => UserPools?.map(({ Id }) => Id),
    ),
  'AWS::AppSync::GraphQLApi': async (settings) =>
    await collect(paginateListGraphqlApis({ client: new AppSyncClient(settings) }, {}), ({ graphqlApis }) =>
      graphqlApis?.map(({ arn }) => arn),
    ),
  'AWS::AppSync::DataSource': async (settings) =>
    await ofEachApi(
      settings,
      async (client, apiId) =>
        await collect(paginateListDataSources({ client }, { apiId }), ({ dataSources }) =>
          dataSources?.map(({ dataSourceArn }) => dataSourceArn),
        ),
    ),
  'AWS::AppSync::FunctionConfiguration': async (settings) =>
    await ofEachApi(
      settings,
      async (client, apiId) =>
        await collect(paginateListApiFunctions({ client }, { apiId }), ({ functions }) =>
          functions?.map(({ functionArn }) => functionArn),
        ),
    ),
  'AWS::AppSync::Resolver': async (settings) =>
    await ofEachApi(settings, async (client, apiId) => {
      const types = ['Query', 'Mutation', 'Subscription'];
      const lists = types.map((typeName) =>
        collect(paginateListResolvers({ client }, { apiId, typeName }), ({ resolvers }) =>
          resolvers?.map(({ resolverArn }) => resolverArn),
        ),
      );
      return (await Promise.all(lists)).flat();
    }),
  'AWS::Lambda::Function': async (settings) =>
    await collect(paginateListFunctions({ client: new LambdaClient(settings) }, {}), ({ Functions }) =>
      Functions?.map(({ FunctionName }) => FunctionName),
    ),
  'AWS::Lambda::EventSourceMapping': async (settings) =>
    await collect(
      paginateListEventSourceMappings({ client: new LambdaClient(settings) }, {}),
      ({ EventSourceMappings }) => EventSourceMappings?.map(({ UUID }) => UUID),
    ),
  'AWS::Events::EventBus': async (settings) =>
    (await new EventBridgeClient(settings).send(new ListEventBusesCommand({}))).EventBuses?.map(({ Name }) => Name)
      // Every account has this one.
      .filter((name) => name !== 'default') ?? [],
  'AWS::Events::Rule': async (settings) => {
    const client = new EventBridgeClient(settings);
    const { EventBuses = [] } = await client.send(new ListEventBusesCommand({}));
    const rules = await Promise.all(
      EventBuses.map(async ({ Name }) => (await client.send(new ListRulesCommand({ EventBusName: Name }))).Rules ?? []),
    );
    return rules
      .flat()
      .map(({ Name, EventBusName }) => (EventBusName === 'default' ? Name : `${EventBusName ?? ''}|${Name ?? ''}`));
  },
  'AWS::Logs::LogGroup': async (settings) => {
    const pages = paginateDescribeLogGroups({ client: new CloudWatchLogsClient(settings) }, {});
    const names = await collect(pages, ({ logGroups }) => logGroups?.map(({ logGroupName }) => logGroupName));
    return names.filter((name) => !ofTheCloudItself.has(name ?? ''));
  },
  'AWS::S3::Bucket': async (settings) => {
    const { Buckets } = await new S3Client({ ...settings, forcePathStyle: true }).send(new ListBucketsCommand({}));
    return Buckets?.map(({ Name }) => Name).filter((name) => !name?.startsWith('cdk-')) ?? [];
  },
  'AWS::SSM::Parameter': async (settings) => {
    const pages = paginateGetParametersByPath({ client: new SSMClient(settings) }, { Path: '/', Recursive: true });
    const names = await collect(pages, ({ Parameters }) => Parameters?.map(({ Name }) => Name));
    return names.filter((name) => !name?.startsWith('/cdk-bootstrap/'));
  },
};

async function ofEachApi(
  settings: SdkSettings,
  list: (client: AppSyncClient, apiId: string) => Promise<(string | undefined)[]>,
): Promise<(string | undefined)[]> {
  const client = new AppSyncClient(settings);
  const ids = await collect(paginateListGraphqlApis({ client }, {}), ({ graphqlApis }) =>
    graphqlApis?.map(({ apiId }) => apiId),
  );
  return (await Promise.all(ids.map((id) => list(client, id ?? '')))).flat();
}

async function collect<Page>(
  pages: AsyncIterable<Page>,
  read: (page: Page) => readonly (string | undefined)[] | undefined,
): Promise<(string | undefined)[]> {
  const items: (string | undefined)[] = [];
  for await (const page of pages) items.push(...(read(page) ?? []));
  return items;
}

/** Of a stack's resources those that `inventory` would list, in its words. */
export async function listedResources(client: CloudFormationClient, stackName: string): Promise<string[]> {
  const pages = paginateListStackResources({ client }, { StackName: stackName });
  const resources = await collect(pages, ({ StackResourceSummaries }) =>
    StackResourceSummaries?.map(({ ResourceType, PhysicalResourceId }) => `${ResourceType} ${PhysicalResourceId}`),
  );
  return resources.filter((resource) => resource !== undefined && isListed(resource)) as string[];
}

export function isListed(resource: string): boolean {
  return Object.hasOwn(lists, resource.slice(0, resource.indexOf(' ')));
}

/** Names of the stacks that are there. */
export async function stackNames(client: CloudFormationClient): Promise<string[]> {
  const pages = paginateListStacks({ client }, {});
  const names = await collect(pages, ({ StackSummaries }) =>
    StackSummaries?.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(({ StackName }) => StackName),
  );
  return names.map((name) => name ?? '').sort();
}
