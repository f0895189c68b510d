import { AwsError } from '../../errors.ts';
import type { Environment, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { DataSourceRecord } from '../model.ts';
import type { Store } from '../store.ts';
import { PropertyReader } from './property-reader.ts';

const types: readonly DataSourceRecord['type'][] = ['NONE', 'AMAZON_DYNAMODB', 'AWS_LAMBDA', 'AMAZON_EVENTBRIDGE'];

/** AWS::AppSync::DataSource */
export function dataSourceProvider(store: Store, environment: Environment): ResourceProvider {
  const write = async (properties: JsonObject): Promise<ResourceResult> => {
    const record = readDataSource(store, environment, properties);
    await store.dataSources.put(`${record.apiId}/${record.name}`, record);
    store.changed(record.apiId);
    const arn = store.arn(record.apiId, `datasources/${record.name}`);
    return { physicalId: arn, attributes: { DataSourceArn: arn, Name: record.name } };
  };

  return {
    type: 'AWS::AppSync::DataSource',
    properties: [
      'ApiId',
      'Name',
      'Description',
      'Type',
      'ServiceRoleArn',
      'DynamoDBConfig',
      'LambdaConfig',
      'EventBridgeConfig',
    ],
    replacedBy: ['ApiId', 'Name'],
    create: ({ properties }) => write(properties),
    update: ({ properties }) => write(properties),
    async delete({ physicalId }) {
      const [, apiId = '', name = ''] = /apis\/([^/]+)\/datasources\/(.+)$/.exec(physicalId) ?? [];
      await store.dataSources.delete(`${apiId}/${name}`);
      store.changed(apiId);
    },
  };
}

function readDataSource(store: Store, environment: Environment, properties: JsonObject): DataSourceRecord {
  const reader = new PropertyReader(properties, 'DataSource');
  const { apiId } = store.api(reader.text('ApiId'));
  const name = reader.text('Name');
  if (!/^[_A-Za-z]\w*$/.test(name)) throw reader.refuse('Name', 'letters, digits and underscores', name);
  const description = reader.optionalText('Description');
  const base = { apiId, name, ...(description !== undefined && { description }) };
  const record = { ...base, ...readTarget(reader, environment) };
  reader.done();
  return record;
}

type Target = DataSourceRecord extends infer Source
  ? Source extends DataSourceRecord
    ? Omit<Source, 'apiId' | 'name' | 'description'>
    : never
  : never;

function readTarget(reader: PropertyReader, environment: Environment): Target {
  const type = reader.oneOf('Type', types);
  if (type === 'NONE') {
    reader.optionalText('ServiceRoleArn');
    return { type };
  }
  const roleArn = reader.text('ServiceRoleArn');
  if (type === 'AMAZON_DYNAMODB') return { type, roleArn, tableName: readTableName(reader, environment) };
  if (type === 'AWS_LAMBDA')
    return { type, roleArn, functionArn: readOne(reader, 'LambdaConfig', 'LambdaFunctionArn') };
  return { type, roleArn, eventBusArn: readOne(reader, 'EventBridgeConfig', 'EventBusArn') };
}

function readTableName(reader: PropertyReader, environment: Environment): string {
  const config = reader.object('DynamoDBConfig');
  if (!config) throw reader.refuse('DynamoDBConfig', 'an object', undefined);
  const tableName = config.text('TableName');
  const region = config.text('AwsRegion');
  if (region !== environment.region) throw config.refuse('AwsRegion', environment.region, region);
  for (const name of ['UseCallerCredentials', 'Versioned']) {
    if (config.flag(name))
      throw new AwsError('BadRequestException', `DataSource.DynamoDBConfig.${name} is not supported by this cloud`);
  }
  config.done();
  return tableName;
}

function readOne(reader: PropertyReader, objectName: string, name: string): string {
  const config = reader.object(objectName);
  if (!config) throw reader.refuse(objectName, 'an object', undefined);
  const value = config.text(name);
  config.done();
  return value;
}
