import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../errors.ts';
import type { Json, JsonObject, LocalService } from '../service.ts';
import { startServices, type RunningServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createAppsync } from './index.ts';
import { authorizerArn, deploy, deployApi, runtime } from './testing/deploy.ts';
import { fakeServices } from './testing/fake-services.ts';

const schema = `
  type Query {
    greeting(name: String!): String
    product(id: ID!): Product
    products: [Product!]!
    secret: String
    open: Product @aws_api_key @aws_lambda
    system: String @aws_iam
    fails: Product
    half: Product
    date: AWSDateTime
    strict: String!
  }
  type Mutation { createProduct(input: ProductInput!): Product }
  type Subscription { onCreate(id: ID): Product @aws_subscribe(mutations: ["createProduct"]) }
  input ProductInput { id: ID!, name: String!, tags: AWSJSON }
  type Product { id: ID!, name: String, price: Int, related: [Product], stock: Int }
`;

const passPayload = `export function request(ctx) { return { payload: null } }`;
const answering = (expression: string) => `
  import { util } from '@aws-appsync/utils';
  ${passPayload}
  export function response(ctx) { ${expression} }
`;
const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:stock';
const role = 'arn:aws:iam::000000000000:role/data';

const services = fakeServices();
let appsync: LocalService;
let running: RunningServices;
let apiId: string;
let apiKey: string;

beforeAll(async () => {
  running = await startServices((environment, state) => {
    appsync = createAppsync({
      state,
      environment,
      identity: trustingIdentity,
      clock: { now: () => Date.now() },
      ...services.dependencies,
    });
    return [appsync];
  });
  ({ apiId, apiKey } = await deployApi(appsync, {
    api: { LogConfig: { FieldLogLevel: 'ALL', CloudWatchLogsRoleArn: role }, EnvironmentVariables: { STAGE: 'test' } },
    schema,
    dataSources: {
      table: {
        Type: 'AMAZON_DYNAMODB',
        ServiceRoleArn: role,
        DynamoDBConfig: { TableName: 'Products', AwsRegion: 'us-east-1' },
      },
      stock: { Type: 'AWS_LAMBDA', ServiceRoleArn: role, LambdaConfig: { LambdaFunctionArn: lambdaArn } },
    },
    resolvers: {
      'Query.greeting': answering(`console.log(ctx.request.headers.authorization);
        return 'hello ' + ctx.args.name + ' in ' + ctx.env.STAGE + ' ' + ctx.identity.resolverContext.tenantId`),
      'Query.products': answering(`return [{ id: '1', name: 'one' }, { id: '2', name: 'two' }]`),
      'Query.open': answering(`return { id: 'open', name: 'x' }`),
      'Query.fails': answering(`util.error('no', 'NotFound', { id: '1', name: 'x', other: 3 }, { retry: 1 })`),
      'Query.half': answering(
        `util.appendError('careful', 'Warning', { id: '9', name: 'y' }); return { id: '9', price: null }`,
      ),
      'Query.date': answering(`return 'yesterday'`),
      'Query.system': answering(`return ctx.identity.userArn`),
      'Query.product': {
        dataSource: 'table',
        code: `import { util } from '@aws-appsync/utils';
          export function request(ctx) { return { operation: 'GetItem', key: util.dynamodb.toMapValues({ id: ctx.args.id }) } }
          export function response(ctx) { if (ctx.error) { util.error(ctx.error.message, ctx.error.type) } return ctx.result }`,
      },
      'Product.stock': {
        dataSource: 'stock',
        maxBatchSize: 10,
        code: `export function request(ctx) { return { operation: 'BatchInvoke', payload: { id: ctx.source.id } } }
          export function response(ctx) { return ctx.result }`,
      },
      'Mutation.createProduct': answering(`return { ...ctx.args.input, price: 3 }`),
    },
  }));
});

afterAll(() => running.stop());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly data?: JsonObject | null; readonly errors?: readonly JsonObject[] };
}

async function post(body: unknown, headers: Record<string, string> = { authorization: 'token-1' }): Promise<Answer> {
  const response = await fetch(`${running.endpoint}/graphql/${apiId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
}

const allow = (answer: JsonObject = {}) =>
  services.onInvoke(authorizerArn, () => ({
    failed: false,
    payload: { isAuthorized: true, resolverContext: { tenantId: 't1' }, ...answer },
  }));

let tokens = 0;
const newToken = () => ({ authorization: `token-${(tokens += 1)}-abcdef` });

describe('a query', () => {
  it('runs a unit resolver with arguments, identity and environment', async () => {
    allow();
    const { status, headers, body } = await post({ query: '{ greeting(name: "Ann") }' });
    expect([status, body]).toEqual([200, { data: { greeting: 'hello Ann in test t1' } }]);
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('x-amzn-requestid')).toBeTruthy();
  });

  it('tells the authorizer what AppSync tells it', async () => {
    allow();
    const before = services.invocations.length;
    await post(
      { query: 'query Q($n: String!) { greeting(name: $n) }', variables: { n: 'x' }, operationName: 'Q' },
      newToken(),
    );
    const [asked] = services.invocations.slice(before);
    expect(asked?.caller).toEqual({
      service: 'appsync.amazonaws.com',
      sourceArn: `arn:aws:appsync:us-east-1:000000000000:apis/${apiId}`,
    });
    const { requestContext, authorizationToken } = asked?.payload as {
      requestContext: JsonObject;
      authorizationToken: string;
    };
    expect(authorizationToken).toMatch(/^token-/);
    expect(requestContext).toMatchObject({
      apiId,
      accountId: '000000000000',
      operationName: 'Q',
      variables: { n: 'x' },
    });
  });

  it('never logs the token, even if resolver code prints it', async () => {
    allow();
    const headers = newToken();
    await post({ query: '{ greeting(name: "Ann") }' }, headers);
    expect(services.logLines.length).toBeGreaterThan(0);
    expect(services.logLines.join('\n')).not.toContain(headers.authorization);
  });

  it('reads a table as the role of the data source', async () => {
    allow();
    services.onTable('GetItem', () => ({ Item: { id: { S: '7' }, name: { S: 'seven' }, price: { N: '12' } } }));
    const { body } = await post({ query: '{ product(id: "7") { id price } }' });
    expect(body).toEqual({ data: { product: { id: '7', price: 12 } } });
    const call = services.tableCalls.at(-1);
    expect(call?.principal.roleArn).toBe(role);
    expect(call?.input).toEqual({ TableName: 'Products', Key: { id: { S: '7' } }, ConsistentRead: false });
  });

  it('gathers sibling fields into one batch', async () => {
    allow();
    const batches: Json[] = [];
    services.onInvoke(lambdaArn, (payload) => {
      batches.push(payload);
      return { failed: false, payload: [5, { data: null, errorMessage: 'gone', errorType: 'Gone' }] };
    });
    const { body } = await post({ query: '{ products { id stock } }' });
    expect(batches).toEqual([[{ id: '1' }, { id: '2' }]]);
    expect(body.data).toEqual({
      products: [
        { id: '1', stock: 5 },
        { id: '2', stock: null },
      ],
    });
  });
});

describe('errors', () => {
  it('have AppSync’s envelope, data cut to the selection', async () => {
    allow();
    const { body } = await post({ query: '{\n  fails { id }\n}' });
    expect(body).toEqual({
      data: { fails: null },
      errors: [
        {
          path: ['fails'],
          data: { id: '1' },
          errorType: 'NotFound',
          errorInfo: { retry: 1 },
          locations: [{ line: 2, column: 3, sourceName: null }],
          message: 'no',
        },
      ],
    });
  });

  it('may come beside data', async () => {
    allow();
    const { body } = await post({ query: '{ half { id } }' });
    expect(body.data).toEqual({ half: { id: '9' } });
    expect(body.errors).toMatchObject([
      { message: 'careful', errorType: 'Warning', data: { id: '9' }, path: ['half'] },
    ]);
  });

  it.each([
    ['{ nope }', "Validation error of type FieldUndefined: Field 'nope' in type 'Query' is undefined @ 'nope'"],
    ['{ product { id } }', "Validation error of type MissingFieldArgument: Missing field argument id @ 'product'"],
    [
      '{ products }',
      "Validation error of type SubSelectionRequired: Sub selection required for type [Product!]! of field products @ 'products'",
    ],
    [
      'mutation { createProduct(input: {id: "1"}) { id } }',
      "Validation error of type WrongType: argument 'input' with value 'ObjectValue{objectFields=[ObjectField{name='id', value=StringValue{value='1'}}]}' is missing required fields '[name]' @ 'createProduct'",
    ],
  ])('word a failed validation as AppSync does: %s', async (query, message) => {
    allow();
    const { status, body } = await post({ query });
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(body.errors?.[0]?.['message']).toBe(message);
    expect(body.errors?.[0]?.['path']).toBeNull();
  });

  it('word unfit variables and values as AppSync does', async () => {
    allow();
    const missing = await post({ query: 'query($n: String!) { greeting(name: $n) }' });
    expect(missing.body.errors?.[0]?.['message']).toBe(
      "Variable 'n' has coerced Null value for NonNull type 'String!'",
    );
    const date = await post({ query: '{ date }' });
    expect(date.body.errors?.[0]?.['message']).toBe(
      "Can't serialize value (/date) : Unable to serialize `yesterday` as a valid DateTime",
    );
    const strict = await post({ query: '{ strict }' });
    expect(strict.body).toMatchObject({
      data: null,
      errors: [{ message: "Cannot return null for non-nullable type: 'String' within parent 'Query' (/strict)" }],
    });
  });

  it.each([
    ['', 400, 'MalformedHttpRequestException'],
    ['meow', 400, 'MalformedHttpRequestException'],
    ['[]', 400, 'MalformedHttpRequestException'],
    ['{"query": "{"}', 400, 'MalformedHttpRequestException'],
    ['{"query": 7}', 400, 'MalformedHttpRequestException'],
    [`{"query": "${'{a'.repeat(5000)}"}`, 400, 'MalformedHttpRequestException'],
    ['{"query": "{ greeting(name: \\"a\\") }", "variables": []}', 400, 'MalformedHttpRequestException'],
    ['{"query": "subscription { onCreate { id } }"}', 400, 'UnsupportedOperation'],
    [`{"query": "${'x'.repeat(1_100_000)}"}`, 413, 'RequestEntityTooLargeException'],
  ])('refuse a body that is no request: %.40s', async (body, status, errorType) => {
    allow();
    const answer = await post(body);
    expect([answer.status, answer.body.errors?.[0]?.['errorType']]).toEqual([status, errorType]);
  });

  it('refuse other methods and unknown APIs', async () => {
    expect((await fetch(`${running.endpoint}/graphql/${apiId}`)).status).toBe(405);
    expect((await fetch(`${running.endpoint}/graphql/nosuchapi`, { method: 'POST', body: '{}' })).status).toBe(404);
    const preflight = await fetch(`${running.endpoint}/graphql/${apiId}`, { method: 'OPTIONS' });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  });
});

describe('who may have a field', () => {
  const unauthorized = (field: string, type = 'Query') => ({
    message: `Not Authorized to access ${field} on type ${type}`,
    errorType: 'Unauthorized',
    data: null,
  });

  it('is refused without a credential, with an unknown key and by the authorizer', async () => {
    expect((await post({ query: '{ secret }' }, {})).status).toBe(401);
    expect((await post({ query: '{ secret }' }, { 'x-api-key': 'da2-unknown' })).status).toBe(401);
    const refusals: Json[] = [
      { isAuthorized: false },
      {},
      null,
      { isAuthorized: 'true' },
      { isAuthorized: true, resolverContext: { a: {} } },
    ];
    for (const payload of refusals) {
      services.onInvoke(authorizerArn, () => ({ failed: false, payload }));
      const { status, body } = await post({ query: '{ secret }' }, newToken());
      expect([status, body.errors?.[0]?.['errorType']]).toEqual([401, 'UnauthorizedException']);
    }
    services.onInvoke(authorizerArn, () => ({ failed: true, payload: { errorMessage: 'boom' } }));
    expect((await post({ query: '{ secret }' }, newToken())).status).toBe(401);
  });

  it('is by the field’s own directives, and by those of the type it returns', async () => {
    const { body } = await post({ query: '{ open { id } secret }' }, { 'x-api-key': apiKey });
    expect(body.data).toEqual({ open: null, secret: null });
    expect(body.errors).toHaveLength(2);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining(unauthorized('secret')),
        expect.objectContaining(unauthorized('id', 'Product')),
      ]),
    );
    allow();
    expect((await post({ query: '{ open { id } }' })).body).toEqual({ data: { open: { id: 'open' } } });
    expect((await post({ query: '{ system }' })).body.errors).toMatchObject([unauthorized('system')]);
  });

  it('is not what the authorizer denies: the resolver does not run', async () => {
    allow({
      deniedFields: [
        'Mutation.createProduct',
        `arn:aws:appsync:us-east-1:000000000000:apis/${apiId}/types/Product/fields/name`,
      ],
    });
    const headers = newToken();
    const created = await post({ query: 'mutation { createProduct(input: {id: "1", name: "n"}) { id } }' }, headers);
    expect(created.body).toMatchObject({
      data: { createProduct: null },
      errors: [unauthorized('createProduct', 'Mutation')],
    });
    const read = await post({ query: '{ open { id name } }' }, headers);
    expect(read.body).toMatchObject({
      data: { open: { id: 'open', name: null } },
      errors: [unauthorized('name', 'Product')],
    });
  });

  it('remembers an answer by API and token as long as it says', async () => {
    const count = () => services.invocations.filter(({ functionArn }) => functionArn === authorizerArn).length;
    allow();
    const kept = newToken();
    const before = count();
    await Promise.all([1, 2, 3].map(() => post({ query: '{ greeting(name: "a") }' }, kept)));
    await post({ query: '{ greeting(name: "a") }' }, kept);
    expect(count() - before).toBe(1);
    allow({ ttlOverride: 0 });
    const each = newToken();
    await post({ query: '{ greeting(name: "a") }' }, each);
    await post({ query: '{ greeting(name: "a") }' }, each);
    expect(count() - before).toBe(3);
  });
});

describe('providers', () => {
  it('refuse what they do not support, by name', async () => {
    const api = { Name: 'x', AuthenticationType: 'API_KEY' };
    await expect(
      deploy(appsync, 'AWS::AppSync::GraphQLApi', { ...api, AuthenticationType: 'OPENID_CONNECT' }),
    ).rejects.toThrow('OPENID_CONNECT');
    await expect(
      deploy(appsync, 'AWS::AppSync::GraphQLApi', {
        ...api,
        LogConfig: { CloudWatchLogsRoleArn: 'a', FieldLogLevel: 'ALL', Colour: 1 },
      }),
    ).rejects.toThrow('GraphQLApi.LogConfig.Colour');
    await expect(
      deploy(appsync, 'AWS::AppSync::DataSource', { ApiId: apiId, Name: 'x', Type: 'HTTP' }),
    ).rejects.toThrow('HTTP');
    const resolver = { ApiId: apiId, TypeName: 'Query', FieldName: 'secret', Kind: 'UNIT', DataSourceName: 'none' };
    await expect(
      deploy(appsync, 'AWS::AppSync::Resolver', { ...resolver, RequestMappingTemplate: '{}' }),
    ).rejects.toThrow('VTL');
    await expect(
      deploy(appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        Runtime: runtime,
        Code: 'export function request(ctx) { throw 1 }',
      }),
    ).rejects.toThrow(AwsError);
    await expect(
      deploy(appsync, 'AWS::AppSync::Resolver', { ...resolver, Runtime: runtime, Code: `// ${'x'.repeat(33_000)}` }),
    ).rejects.toThrow('32768');
    await expect(
      deploy(appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        FieldName: 'nope',
        Runtime: runtime,
        Code: passPayload,
      }),
    ).rejects.toThrow('No field named nope');
    await expect(
      deploy(appsync, 'AWS::AppSync::Resolver', {
        ...resolver,
        Kind: 'PIPELINE',
        DataSourceName: '',
        PipelineConfig: { Functions: Array(11).fill('f') },
        Runtime: runtime,
        Code: `${passPayload} export function response(ctx) { return null }`,
      }),
    ).rejects.toThrow('at most 10');
  });
});
