// Mercurius on Fastify with the AWS SDK's DocumentClient; queries are compiled.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { callerOf, createResolvers } from './shop/resolvers.mjs';
import { readSchema } from './shop/schema.mjs';
import { announce, readSettings } from './shop/settings.mjs';

const settings = readSettings();
const app = Fastify();
app.register(mercurius, {
  schema: readSchema(settings.schema),
  resolvers: createResolvers(settings),
  context: ({ headers }) => callerOf((name) => headers[name]),
  jit: 1,
});
announce(`${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql`);
