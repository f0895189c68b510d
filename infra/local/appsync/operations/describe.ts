import type { Api, DataSourceRecord, FunctionRecord, ResolverRecord } from '../model.ts';
import type { OperationDependencies } from './index.ts';

/** Records as the AppSync API answers them. Source: AppSync API reference, "Data types". */
export function describeApi({ store, environment }: OperationDependencies, api: Api) {
  const { apiId, lambdaAuthorizer } = api;
  const host = new URL(environment.endpoint).host;
  const authorizer = lambdaAuthorizer && {
    lambdaAuthorizerConfig: {
      authorizerUri: lambdaAuthorizer.functionArn,
      authorizerResultTtlInSeconds: lambdaAuthorizer.resultTtlSeconds,
      identityValidationExpression: lambdaAuthorizer.identityValidationExpression,
    },
  };
  return {
    apiId,
    apiType: 'GRAPHQL',
    arn: store.arn(apiId),
    name: api.name,
    authenticationType: api.defaultMode,
    ...(api.defaultMode === 'AWS_LAMBDA' && authorizer),
    additionalAuthenticationProviders: api.additionalModes.map((mode) => ({
      authenticationType: mode,
      ...(mode === 'AWS_LAMBDA' && authorizer),
    })),
    uris: { GRAPHQL: `${environment.endpoint}/graphql/${apiId}`, REALTIME: `ws://${host}/graphql/${apiId}/realtime` },
    dns: { GRAPHQL: host, REALTIME: host },
    introspectionConfig: api.introspection ? 'ENABLED' : 'DISABLED',
    queryDepthLimit: api.queryDepthLimit,
    resolverCountLimit: api.resolverCountLimit,
    visibility: api.visibility,
    xrayEnabled: api.xrayEnabled,
    owner: environment.accountId,
    ownerContact: api.ownerContact,
    tags: api.tags,
  };
}

const runtime = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };

export function describeDataSource({ store, environment }: OperationDependencies, record: DataSourceRecord) {
  const { apiId, name, description, type } = record;
  const base = { dataSourceArn: store.arn(apiId, `datasources/${name}`), name, description, type };
  switch (record.type) {
    case 'NONE':
      return base;
    case 'AMAZON_DYNAMODB':
      return {
        ...base,
        serviceRoleArn: record.roleArn,
        dynamodbConfig: { tableName: record.tableName, awsRegion: environment.region, useCallerCredentials: false },
      };
    case 'AWS_LAMBDA':
      return { ...base, serviceRoleArn: record.roleArn, lambdaConfig: { lambdaFunctionArn: record.functionArn } };
    case 'AMAZON_EVENTBRIDGE':
      return { ...base, serviceRoleArn: record.roleArn, eventBridgeConfig: { eventBusArn: record.eventBusArn } };
  }
}

export function describeFunction({ store }: OperationDependencies, record: FunctionRecord) {
  const { apiId, functionId, name, description, dataSourceName, maxBatchSize, code } = record;
  const functionArn = store.arn(apiId, `functions/${functionId}`);
  return { functionId, functionArn, name, description, dataSourceName, maxBatchSize, runtime, code };
}

export function describeResolver({ store }: OperationDependencies, record: ResolverRecord) {
  const { apiId, typeName, fieldName, kind, code } = record;
  const resolverArn = store.arn(apiId, `types/${typeName}/resolvers/${fieldName}`);
  const base = { typeName, fieldName, resolverArn, kind, runtime, code };
  if (record.kind === 'PIPELINE') return { ...base, pipelineConfig: { functions: record.functionIds } };
  return { ...base, dataSourceName: record.dataSourceName, maxBatchSize: record.maxBatchSize };
}
