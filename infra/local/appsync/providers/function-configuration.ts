import { AwsError } from '../../errors.ts';
import type { JsonObject, Objects, ResourceProvider, ResourceResult } from '../../service.ts';
import type { Store } from '../store.ts';
import { identifierOf } from './identifier.ts';
import { PropertyReader } from './property-reader.ts';
import { readCode, readMaxBatchSize, type CodeCheck } from './read-code.ts';

/** AWS::AppSync::FunctionConfiguration */
export function functionConfigurationProvider(store: Store, objects: Objects, check: CodeCheck): ResourceProvider {
  const write = async (functionId: string, properties: JsonObject): Promise<ResourceResult> => {
    const reader = new PropertyReader(properties, 'FunctionConfiguration');
    const { apiId } = store.api(reader.text('ApiId'));
    const name = reader.text('Name');
    const description = reader.optionalText('Description');
    const dataSourceName = reader.text('DataSourceName');
    const maxBatchSize = readMaxBatchSize(reader);
    const code = await readCode(reader, `function ${name}`, objects, check);
    reader.done();
    requireDataSource(store, apiId, dataSourceName);
    await store.functions.put(`${apiId}/${functionId}`, {
      apiId,
      functionId,
      name,
      dataSourceName,
      code,
      maxBatchSize,
      ...(description !== undefined && { description }),
    });
    store.changed(apiId);
    const arn = store.arn(apiId, `functions/${functionId}`);
    return {
      physicalId: arn,
      attributes: { FunctionArn: arn, FunctionId: functionId, DataSourceName: dataSourceName, Name: name },
    };
  };

  return {
    type: 'AWS::AppSync::FunctionConfiguration',
    properties: [
      'ApiId',
      'Name',
      'Description',
      'DataSourceName',
      'MaxBatchSize',
      'Runtime',
      'Code',
      'CodeS3Location',
      'FunctionVersion',
      'RequestMappingTemplate',
      'RequestMappingTemplateS3Location',
      'ResponseMappingTemplate',
      'ResponseMappingTemplateS3Location',
    ],
    replacedBy: ['ApiId'],
    create: ({ token, properties }) => write(identifierOf(token, 'function'), properties),
    update: ({ physicalId, properties }) => write(physicalId.slice(physicalId.lastIndexOf('/') + 1), properties),
    async delete({ physicalId }) {
      const [, apiId = '', functionId = ''] = /apis\/([^/]+)\/functions\/(.+)$/.exec(physicalId) ?? [];
      await store.functions.delete(`${apiId}/${functionId}`);
      store.changed(apiId);
    },
  };
}

/** @throws AwsError `NotFoundException` */
export function requireDataSource(store: Store, apiId: string, name: string): void {
  if (store.dataSources.has(`${apiId}/${name}`)) return;
  throw new AwsError('NotFoundException', `No data source found named ${name}`, 404);
}
