import type { CodegenConfig } from '@graphql-codegen/cli';

/** What AppSync adds to every schema by itself. Source: AWS AppSync developer guide, "Scalar types" and "Directives". */
export const appsyncDefinitions = `
  scalar AWSDate
  scalar AWSTime
  scalar AWSDateTime
  scalar AWSTimestamp
  scalar AWSEmail
  scalar AWSJSON
  scalar AWSURL
  scalar AWSPhone
  scalar AWSIPAddress
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_lambda on FIELD_DEFINITION | OBJECT
  directive @aws_iam on FIELD_DEFINITION | OBJECT
  directive @aws_api_key on FIELD_DEFINITION | OBJECT
`;

const scalars = Object.fromEntries(
  ['AWSDate', 'AWSTime', 'AWSDateTime', 'AWSEmail', 'AWSJSON', 'AWSURL', 'AWSPhone', 'AWSIPAddress', 'ID'].map(
    (name) => [name, 'string'],
  ),
);

const types = (schema: string) => ({
  schema: [appsyncDefinitions, 'schema/shared/*.graphql', schema],
  plugins: ['typescript'],
  config: {
    scalars: { ...scalars, AWSTimestamp: 'number' },
    enumsAsTypes: true,
    useTypeImports: true,
    skipTypename: true,
  },
});

/** How typed documents look: `graphqlDocument(RegisterTenantDocument, variables)` knows variables and answer. */
export const documentsConfig = {
  scalars: { ...scalars, AWSTimestamp: 'number' },
  documentMode: 'string',
  enumsAsTypes: true,
  useTypeImports: true,
  skipTypename: true,
} as const;

/** Typed documents of a plane's clients. */
const documents = (plane: string, files = `test/documents/${plane}/*.graphql`) => ({
  schema: [appsyncDefinitions, 'schema/shared/*.graphql', `schema/${plane}.graphql`],
  documents: files,
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false },
  config: documentsConfig,
});

/**
 * The plane that each app's documents are for. One set for each app, beside its features: an app's bundle holds its own documents only.
 */
export const appPlanes = { ui: 'control-plane', landing: 'control-plane', saas: 'application', admin: 'control-plane' };

const config: CodegenConfig = {
  overwrite: true,
  generates: {
    'generated/control-plane.ts': types('schema/control-plane.graphql'),
    'generated/application.ts': types('schema/application.graphql'),
    'generated/documents/control-plane/': documents('control-plane'),
    'generated/documents/application/': documents('application'),
    ...Object.fromEntries(
      Object.entries(appPlanes).map(([app, plane]) => [
        `generated/documents/${app}/`,
        documents(plane, `apps/${app}/**/*.graphql`),
      ]),
    ),
  },
};

export default config;
