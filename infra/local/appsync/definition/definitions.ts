/**
 * What AppSync adds to every schema by itself.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html
 */
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
directive @aws_oidc on FIELD_DEFINITION | OBJECT
directive @aws_cognito_user_pools(cognito_groups: [String!]) on FIELD_DEFINITION | OBJECT
directive @aws_auth(cognito_groups: [String!]) on FIELD_DEFINITION
directive @aws_publish(subscriptions: [String!]) on FIELD_DEFINITION
directive @canonical on FIELD_DEFINITION | OBJECT | INTERFACE | INPUT_OBJECT | UNION | ENUM | SCALAR
directive @renamed(to: String!) on FIELD_DEFINITION
directive @hidden on FIELD_DEFINITION | OBJECT | INTERFACE | INPUT_OBJECT | UNION | ENUM | SCALAR
`;

/** Known by name, so that a schema that uses one is refused with a reason rather than as unknown. */
export const unsupportedDirectives: ReadonlySet<string> = new Set(['aws_publish', 'canonical', 'renamed', 'hidden']);
