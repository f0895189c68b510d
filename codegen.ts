import type { CodegenConfig } from '@graphql-codegen/cli';

/** What AppSync adds to every schema by itself. Source: AWS AppSync developer guide, "Scalar types" and "Directives". */
const appsyncDefinitions = `
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

/** Typed documents of a plane's clients: `graphqlDocument(RegisterTenantDocument, variables)` knows variables and answer. */
const documents = (plane: string, files = `test/documents/${plane}/*.graphql`) => ({
  schema: [appsyncDefinitions, 'schema/shared/*.graphql', `schema/${plane}.graphql`],
  documents: files,
  preset: 'client' as const,
  presetConfig: { fragmentMasking: false },
  config: {
    scalars: { ...scalars, AWSTimestamp: 'number' },
    documentMode: 'string',
    enumsAsTypes: true,
    useTypeImports: true,
    skipTypename: true,
  },
});

const config: CodegenConfig = {
  overwrite: true,
  generates: {
    'generated/control-plane.ts': types('schema/control-plane.graphql'),
    'generated/application.ts': types('schema/application.graphql'),
    'generated/documents/control-plane/': documents('control-plane'),
    'generated/documents/application/': documents('application'),
    // One set for each app, beside its features: an app's bundle holds its own documents only.
    'generated/documents/ui/': documents('control-plane', 'apps/ui/**/*.graphql'),
    'generated/documents/landing/': documents('control-plane', 'apps/landing/**/*.graphql'),
    'generated/documents/saas/': documents('application', 'apps/saas/**/*.graphql'),
    'generated/documents/admin/': documents('control-plane', 'apps/admin/**/*.graphql'),
  },
};

export default config;
