import { createHash } from 'node:crypto';
import type { JsonObject, LocalService, ResourceResult } from '../../service.ts';

const scope = { stackName: 'test', stackId: 'arn:test', tags: {} };

/** Makes a resource as the CloudFormation engine would. */
export async function deploy(service: LocalService, type: string, properties: JsonObject): Promise<ResourceResult> {
  const provider = service.providers?.find((candidate) => candidate.type === type);
  if (!provider) throw new Error(`There is no provider for ${type}`);
  const unknown = Object.keys(properties).find((name) => !provider.properties.includes(name));
  if (unknown !== undefined) throw new Error(`${type} does not take ${unknown}`);
  const token = createHash('sha256').update(type).update(JSON.stringify(properties)).digest('hex');
  return await provider.create({ ...scope, logicalId: 'Resource', token, properties });
}

export interface ApiDefinition {
  readonly api?: JsonObject;
  readonly schema: string;
  /** By name; NONE is always there as `none`. */
  readonly dataSources?: Readonly<Record<string, JsonObject>>;
  /** Code by `Type.field`, of unit resolvers on `none` unless another data source is named. */
  readonly resolvers?: Readonly<Record<string, string | UnitResolver>>;
}

interface UnitResolver {
  readonly code: string;
  readonly dataSource: string;
  readonly maxBatchSize?: number;
}

export const authorizerArn = 'arn:aws:lambda:us-east-1:000000000000:function:authorizer';
export const runtime = { Name: 'APPSYNC_JS', RuntimeVersion: '1.0.0' };

/** A whole API with the three modes, AWS_LAMBDA by default; answers its id and a key. */
export async function deployApi(
  service: LocalService,
  definition: ApiDefinition,
): Promise<{ apiId: string; apiKey: string }> {
  const { attributes } = await deploy(service, 'AWS::AppSync::GraphQLApi', {
    Name: 'shop',
    AuthenticationType: 'AWS_LAMBDA',
    LambdaAuthorizerConfig: { AuthorizerUri: authorizerArn, AuthorizerResultTtlInSeconds: 60 },
    AdditionalAuthenticationProviders: [{ AuthenticationType: 'AWS_IAM' }, { AuthenticationType: 'API_KEY' }],
    ...definition.api,
  });
  const apiId = String(attributes['ApiId']);
  await deploy(service, 'AWS::AppSync::GraphQLSchema', { ApiId: apiId, Definition: definition.schema });
  const key = await deploy(service, 'AWS::AppSync::ApiKey', { ApiId: apiId });
  const sources: Record<string, JsonObject> = { none: { Type: 'NONE' }, ...definition.dataSources };
  for (const [name, source] of Object.entries(sources)) {
    await deploy(service, 'AWS::AppSync::DataSource', { ApiId: apiId, Name: name, ...source });
  }
  for (const [coordinate, given] of Object.entries(definition.resolvers ?? {})) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const resolver: UnitResolver = typeof given === 'string' ? { code: given, dataSource: 'none' } : given;
    const { code, dataSource, maxBatchSize } = resolver;
    await deploy(service, 'AWS::AppSync::Resolver', {
      ApiId: apiId,
      TypeName: typeName,
      FieldName: fieldName,
      Kind: 'UNIT',
      DataSourceName: dataSource,
      ...(maxBatchSize !== undefined && { MaxBatchSize: maxBatchSize }),
      Runtime: runtime,
      Code: code,
    });
  }
  return { apiId, apiKey: String(key.attributes['ApiKey']) };
}
