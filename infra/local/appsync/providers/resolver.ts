import { AwsError } from '../../errors.ts';
import { isObjectType } from 'graphql';
import type { JsonObject, Objects, ResourceProvider, ResourceResult } from '../../service.ts';
import type { ResolverRecord } from '../model.ts';
import { schemaOf } from '../definition/schema-of.ts';
import type { Store } from '../store.ts';
import { requireDataSource } from './function-configuration.ts';
import { PropertyReader } from './property-reader.ts';
import { readCode, readMaxBatchSize, type CodeCheck } from './read-code.ts';

const maximumFunctions = 10;

/** AWS::AppSync::Resolver */
export function resolverProvider(store: Store, objects: Objects, check: CodeCheck): ResourceProvider {
  const write = async (properties: JsonObject): Promise<ResourceResult> => {
    const record = await readResolver(store, objects, check, properties);
    const { apiId, typeName, fieldName } = record;
    await store.resolvers.put(`${apiId}/${typeName}/${fieldName}`, record);
    store.changed(apiId);
    const arn = store.arn(apiId, `types/${typeName}/resolvers/${fieldName}`);
    return { physicalId: arn, attributes: { ResolverArn: arn, TypeName: typeName, FieldName: fieldName } };
  };

  return {
    type: 'AWS::AppSync::Resolver',
    properties: [
      'ApiId',
      'TypeName',
      'FieldName',
      'Kind',
      'DataSourceName',
      'PipelineConfig',
      'MaxBatchSize',
      'Runtime',
      'Code',
      'CodeS3Location',
      'RequestMappingTemplate',
      'RequestMappingTemplateS3Location',
      'ResponseMappingTemplate',
      'ResponseMappingTemplateS3Location',
    ],
    replacedBy: ['ApiId', 'TypeName', 'FieldName'],
    create: ({ properties }) => write(properties),
    update: ({ properties }) => write(properties),
    async delete({ physicalId }) {
      const [, apiId = '', type = '', field = ''] =
        /apis\/([^/]+)\/types\/([^/]+)\/resolvers\/(.+)$/.exec(physicalId) ?? [];
      await store.resolvers.delete(`${apiId}/${type}/${field}`);
      store.changed(apiId);
    },
  };
}

async function readResolver(
  store: Store,
  objects: Objects,
  check: CodeCheck,
  properties: JsonObject,
): Promise<ResolverRecord> {
  const reader = new PropertyReader(properties, 'Resolver');
  const { apiId } = store.api(reader.text('ApiId'));
  const typeName = reader.text('TypeName');
  const fieldName = reader.text('FieldName');
  requireField(store, apiId, typeName, fieldName);
  const kind = reader.oneOf('Kind', ['UNIT', 'PIPELINE'], 'UNIT');
  const code = await readCode(reader, `resolver ${typeName}.${fieldName}`, objects, check);
  const base = { apiId, typeName, fieldName, code };
  const record: ResolverRecord =
    kind === 'UNIT'
      ? { ...base, kind, dataSourceName: reader.text('DataSourceName'), maxBatchSize: readMaxBatchSize(reader) }
      : { ...base, kind, functionIds: readFunctions(store, apiId, reader) };
  reader.done();
  if (record.kind === 'UNIT') requireDataSource(store, apiId, record.dataSourceName);
  return record;
}

function readFunctions(store: Store, apiId: string, reader: PropertyReader): string[] {
  const config = reader.object('PipelineConfig');
  const functionIds = config?.texts('Functions') ?? [];
  config?.done();
  if (functionIds.length > maximumFunctions) {
    throw reader.refuse('PipelineConfig.Functions', `at most ${maximumFunctions} functions`, functionIds.length);
  }
  for (const functionId of functionIds) {
    if (store.functions.has(`${apiId}/${functionId}`)) continue;
    throw new AwsError('NotFoundException', `No function found with id ${functionId}`, 404);
  }
  return functionIds;
}

function requireField(store: Store, apiId: string, typeName: string, fieldName: string): void {
  const record = store.schemas.get(apiId);
  if (record === undefined) throw new AwsError('NotFoundException', 'No schema found for this API', 404);
  const type = schemaOf(record.definition).getType(typeName);
  if (isObjectType(type) && Object.hasOwn(type.getFields(), fieldName)) return;
  throw new AwsError('NotFoundException', `No field named ${fieldName} found on type ${typeName}`, 404);
}
