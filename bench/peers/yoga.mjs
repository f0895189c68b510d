// GraphQL Yoga with the AWS SDK's DocumentClient.
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { callerOf, createResolvers } from './shop/resolvers.mjs';
import { readSchema } from './shop/schema.mjs';
import { announce, readSettings } from './shop/settings.mjs';

const settings = readSettings();
const yoga = createYoga({
  schema: createSchema({ typeDefs: readSchema(settings.schema), resolvers: createResolvers(settings) }),
  context: ({ request }) => callerOf((name) => request.headers.get(name)),
  graphiql: false,
  landingPage: false,
});
const server = createServer(yoga);
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${server.address().port}/graphql`));
