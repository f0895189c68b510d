import { AwsError } from '../../errors.ts';
import type { Objects, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { schemaOf } from '../definition/schema-of.ts';
import type { Store } from '../store.ts';
import { PropertyReader } from './property-reader.ts';
import { readSource, requireSize } from './read-source.ts';

const maximumSchemaBytes = 1_000_000;

/** AWS::AppSync::GraphQLSchema */
export function graphqlSchemaProvider(store: Store, objects: Objects): ResourceProvider {
  const write = async (properties: JsonObject): Promise<ResourceResult> => {
    const reader = new PropertyReader(properties, 'GraphQLSchema');
    const { apiId } = store.api(reader.text('ApiId'));
    const definition = await readSource(reader, 'Definition', objects);
    reader.done();
    requireSize('The schema', definition, maximumSchemaBytes);
    requireValid(definition);
    await store.schemas.put(apiId, { definition });
    store.changed(apiId);
    return { physicalId: `${apiId}GraphQLSchema`, attributes: { Id: `${apiId}GraphQLSchema` } };
  };

  return {
    type: 'AWS::AppSync::GraphQLSchema',
    properties: ['ApiId', 'Definition', 'DefinitionS3Location'],
    replacedBy: ['ApiId'],
    create: ({ properties }) => write(properties),
    update: ({ properties }) => write(properties),
    async delete({ physicalId }) {
      const apiId = physicalId.replace(/GraphQLSchema$/, '');
      await store.schemas.delete(apiId);
      store.changed(apiId);
    },
  };
}

function requireValid(definition: string): void {
  try {
    schemaOf(definition);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError('BadRequestException', `Schema Creation Status is FAILED with details: ${reason}`);
  }
}
