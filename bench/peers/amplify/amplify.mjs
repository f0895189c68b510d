// Amplify's AppSync simulator with VTL templates. It knows neither transactions nor batches, so orders cannot be placed as AppSync does it.
import { readFileSync } from 'node:fs';
import simulator from '@aws-amplify/amplify-appsync-simulator';
import { announce, readSettings } from '../shop/settings.mjs';
import { templates } from './templates.mjs';

const { engine, region, tables, schema } = readSettings();
/** All of it is open to the API key: without an authorizer no other mode lets anybody in. */
const source = schema.map((file) => readFileSync(file, 'utf8').replaceAll(/ @aws_(lambda|iam)\b/g, '')).join('\n');
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

const server = new simulator.AmplifyAppSyncSimulator();
await server.start();
server.init({
  schema: { content: source },
  appSync: {
    name: 'bench',
    apiKey: 'bench',
    defaultAuthenticationType: { authenticationType: 'API_KEY' },
    additionalAuthenticationProviders: [],
  },
  dataSources: Object.entries(tables).map(([name, tableName]) => ({
    name,
    type: 'AMAZON_DYNAMODB',
    config: { endpoint: engine, region, ...credentials, credentials, tableName },
  })),
  mappingTemplates: Object.entries(templates).flatMap(([field, { request, response }]) => [
    { path: `${field}.request`, content: request },
    { path: `${field}.response`, content: response },
  ]),
  resolvers: Object.entries(templates).map(([fieldName, { source: dataSourceName }]) => ({
    kind: 'UNIT',
    typeName: 'Query',
    fieldName,
    dataSourceName,
    requestMappingTemplateLocation: `${fieldName}.request`,
    responseMappingTemplateLocation: `${fieldName}.response`,
  })),
});
announce(`${server.localhostUrl}/graphql`);
