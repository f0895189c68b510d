import type { GraphQLSchema } from 'graphql';
import { buildSchema } from './build-schema.ts';

const most = 8;
const known = new Map<string, GraphQLSchema>();

/** The schema of a definition, to look things up in: one for all APIs that have the same definition. Throws as `buildSchema` does. */
export function schemaOf(definition: string): GraphQLSchema {
  const schema = known.get(definition) ?? buildSchema(definition);
  known.delete(definition);
  known.set(definition, schema);
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return schema;
}
