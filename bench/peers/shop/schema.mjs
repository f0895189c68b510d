import { readFileSync } from 'node:fs';

/** What AppSync adds to every schema by itself. */
const appsyncDefinitions = `
  scalar AWSDate
  scalar AWSDateTime
  scalar AWSTimestamp
  scalar AWSEmail
  directive @aws_subscribe(mutations: [String!]!) on FIELD_DEFINITION
  directive @aws_lambda on FIELD_DEFINITION | OBJECT
  directive @aws_iam on FIELD_DEFINITION | OBJECT
`;

/** Our own schema, word for word: nobody of the peers has less to validate. */
export const readSchema = (files) =>
  [appsyncDefinitions, ...files.map((file) => readFileSync(file, 'utf8'))].join('\n');
