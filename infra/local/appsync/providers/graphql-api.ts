import { AwsError } from '../../errors.ts';
import type {
  Collection,
  Environment,
  JsonObject,
  ResourceProvider,
  ResourceResult,
  ResourceScope,
} from '../../service.ts';
import type { Api, AuthorizationMode, LambdaAuthorizer } from '../model.ts';
import type { Store } from '../store.ts';
import { identifierOf } from './identifier.ts';
import { PropertyReader } from './property-reader.ts';

const modes: readonly AuthorizationMode[] = ['AWS_LAMBDA', 'AWS_IAM', 'API_KEY'];
const maximumEnvironmentVariables = 50;
const maximumVariableLength = 512;
/** Cached answers of an authorizer live at most an hour. Source: AppSync API reference, LambdaAuthorizerConfig. */
const maximumTtlSeconds = 3600;

type Desired = Pick<ResourceScope, 'tags'> & { readonly properties: JsonObject };

/** AWS::AppSync::GraphQLApi */
export function graphqlApiProvider(store: Store, environment: Environment): ResourceProvider {
  const answer = (apiId: string): ResourceResult => {
    const host = new URL(environment.endpoint).host;
    return {
      physicalId: store.arn(apiId),
      attributes: {
        ApiId: apiId,
        Arn: store.arn(apiId),
        GraphQLUrl: `${environment.endpoint}/graphql/${apiId}`,
        RealtimeUrl: `ws://${host}/graphql/${apiId}/realtime`,
        GraphQLDns: host,
        RealtimeDns: host,
        GraphQLEndpointArn: store.arn(apiId, 'endpoints/graphql'),
      },
    };
  };
  const write = async (apiId: string, { properties, tags }: Desired): Promise<ResourceResult> => {
    const api = readApi(apiId, properties);
    await store.apis.put(apiId, { ...api, tags: { ...tags, ...api.tags } });
    store.changed(apiId);
    return answer(apiId);
  };

  return {
    type: 'AWS::AppSync::GraphQLApi',
    properties: [
      'Name',
      'ApiType',
      'AuthenticationType',
      'AdditionalAuthenticationProviders',
      'LambdaAuthorizerConfig',
      'LogConfig',
      'XrayEnabled',
      'QueryDepthLimit',
      'ResolverCountLimit',
      'IntrospectionConfig',
      'EnvironmentVariables',
      'Visibility',
      'OwnerContact',
      'Tags',
    ],
    replacedBy: ['ApiType', 'Visibility'],
    create: (request) => write(identifierOf(request.token, 'api'), request),
    update: (request) => write(idOf(request.physicalId), request),
    refresh: ({ physicalId }) => Promise.resolve(answer(idOf(physicalId))),
    async delete({ physicalId }) {
      const apiId = idOf(physicalId);
      for (const records of [store.resolvers, store.functions, store.dataSources, store.keys]) {
        await deleteAll(records, apiId);
      }
      await store.schemas.delete(apiId);
      await store.apis.delete(apiId);
      store.changed(apiId);
    },
  };
}

function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

async function deleteAll(records: Collection<{ readonly apiId: string } & object>, apiId: string): Promise<void> {
  const ids = [...records.entries()].filter(([, record]) => record.apiId === apiId).map(([id]) => id);
  for (const id of ids) await records.delete(id);
}

function readApi(apiId: string, properties: JsonObject): Api {
  const reader = new PropertyReader(properties, 'GraphQLApi');
  reader.oneOf('ApiType', ['GRAPHQL'], 'GRAPHQL');
  const defaultMode = reader.oneOf('AuthenticationType', modes);
  const authorizers = [readAuthorizer(reader.object('LambdaAuthorizerConfig'))];
  const additionalModes = reader.objects('AdditionalAuthenticationProviders').map((provider) => {
    const mode = provider.oneOf('AuthenticationType', modes);
    authorizers.push(readAuthorizer(provider.object('LambdaAuthorizerConfig')));
    provider.done();
    return mode;
  });
  const lambdaAuthorizer = authorizers.find((authorizer) => authorizer !== undefined);
  const log = reader.object('LogConfig');
  log?.text('CloudWatchLogsRoleArn');
  const ownerContact = reader.optionalText('OwnerContact');
  const api: Api = {
    apiId,
    name: reader.text('Name'),
    defaultMode,
    additionalModes,
    ...(lambdaAuthorizer && { lambdaAuthorizer }),
    fieldLogLevel: readLogLevel(log),
    excludeVerboseContent: log?.flag('ExcludeVerboseContent') ?? false,
    xrayEnabled: reader.flag('XrayEnabled'),
    visibility: reader.oneOf('Visibility', ['GLOBAL', 'PRIVATE'], 'GLOBAL'),
    introspection: reader.oneOf('IntrospectionConfig', ['ENABLED', 'DISABLED'], 'ENABLED') === 'ENABLED',
    queryDepthLimit: reader.integer('QueryDepthLimit', { minimum: 0, maximum: 75, fallback: 0 }),
    resolverCountLimit: reader.integer('ResolverCountLimit', { minimum: 0, maximum: 10_000, fallback: 0 }),
    environment: readEnvironment(reader),
    tags: reader.tags(),
    ...(ownerContact !== undefined && { ownerContact }),
  };
  log?.done();
  reader.done();
  requireConsistentModes(api);
  return api;
}

/** INFO and DEBUG log what ALL logs here. */
function readLogLevel(log: PropertyReader | undefined): Api['fieldLogLevel'] {
  const level = log?.oneOf('FieldLogLevel', ['NONE', 'ERROR', 'ALL', 'INFO', 'DEBUG'], 'NONE') ?? 'NONE';
  return level === 'INFO' || level === 'DEBUG' ? 'ALL' : level;
}

function readAuthorizer(reader: PropertyReader | undefined): LambdaAuthorizer | undefined {
  if (!reader) return undefined;
  const identityValidationExpression = reader.optionalText('IdentityValidationExpression');
  const authorizer: LambdaAuthorizer = {
    functionArn: reader.text('AuthorizerUri'),
    resultTtlSeconds: reader.integer('AuthorizerResultTtlInSeconds', {
      minimum: 0,
      maximum: maximumTtlSeconds,
      fallback: 0,
    }),
    ...(identityValidationExpression !== undefined && { identityValidationExpression }),
  };
  reader.done();
  if (identityValidationExpression !== undefined) requireExpression(reader, identityValidationExpression);
  return authorizer;
}

function requireExpression(reader: PropertyReader, expression: string): void {
  try {
    new RegExp(expression, 'u');
  } catch {
    throw reader.refuse('IdentityValidationExpression', 'a regular expression', expression);
  }
}

function readEnvironment(reader: PropertyReader): Record<string, string> {
  const variables = reader.textMap('EnvironmentVariables');
  const names = Object.keys(variables);
  if (names.length > maximumEnvironmentVariables) {
    throw reader.refuse('EnvironmentVariables', `at most ${maximumEnvironmentVariables} pairs`, names.length);
  }
  for (const [name, value] of Object.entries(variables)) {
    if (!/^[A-Za-z]\w{1,63}$/.test(name)) {
      throw reader.refuse(`EnvironmentVariables.${name}`, 'a name of 2 to 64 letters, digits or underscores', value);
    }
    if (value.length > maximumVariableLength) {
      const expected = `at most ${maximumVariableLength} characters`;
      throw reader.refuse(`EnvironmentVariables.${name}`, expected, `${value.length} characters`);
    }
  }
  return variables;
}

function requireConsistentModes(api: Api): void {
  const all = [api.defaultMode, ...api.additionalModes];
  if (new Set(all).size !== all.length) {
    throw new AwsError('BadRequestException', `GraphQLApi names an authentication type twice: ${all.join(', ')}`);
  }
  if (all.includes('AWS_LAMBDA') !== (api.lambdaAuthorizer !== undefined)) {
    throw new AwsError('BadRequestException', 'AWS_LAMBDA and LambdaAuthorizerConfig need each other in GraphQLApi');
  }
}
