import type { JsonObject, LocalService } from '../../service.ts';
import { startServices, type RunningServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createAppsync } from '../index.ts';
import { authorizerArn, deployApi } from './deploy.ts';
import { fakeServices, type FakeServices } from './fake-services.ts';

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
  type Product { id: ID!, name: String, price: Int, related: [Product], stock: Int, reserved: Int }
`;

export const passPayload = `export function request(ctx) { return { payload: null } }`;
export const answering = (expression: string) => `
  import { util } from '@aws-appsync/utils';
  ${passPayload}
  export function response(ctx) { ${expression} }
`;
const gathered = `
  export function request(ctx) { return { operation: 'BatchInvoke', payload: { id: ctx.source.id } } }
  export function response(ctx) { return ctx.result }
`;
export const lambdaArn = 'arn:aws:lambda:us-east-1:000000000000:function:stock';
export const role = 'arn:aws:iam::000000000000:role/data';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly data?: JsonObject | null; readonly errors?: readonly JsonObject[] };
}

/** A running API of a small shop, on services that a test sets up. */
export interface Shop {
  readonly appsync: LocalService;
  readonly running: RunningServices;
  readonly services: FakeServices;
  readonly apiId: string;
  readonly apiKey: string;
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The authorizer lets everybody in. */
  allow(answer?: JsonObject): void;
  newToken(): { authorization: string };
}

export async function openShop(): Promise<Shop> {
  const services = fakeServices();
  let appsync: LocalService | undefined;
  const running = await startServices((environment, state) => {
    appsync = createAppsync({
      state,
      environment,
      identity: trustingIdentity,
      clock: { now: () => Date.now() },
      ...services.dependencies,
    });
    return [appsync];
  });
  if (!appsync) throw new Error('AppSync was not built');
  const { apiId, apiKey } = await deployApi(appsync, {
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
      'Product.stock': { dataSource: 'stock', maxBatchSize: 10, code: gathered },
      'Product.reserved': { dataSource: 'stock', code: gathered },
      'Mutation.createProduct': answering(`return { ...ctx.args.input, price: 3 }`),
    },
  });

  let tokens = 0;
  return {
    appsync,
    running,
    services,
    apiId,
    apiKey,
    async post(body, headers = { authorization: 'token-1' }) {
      const response = await fetch(`${running.endpoint}/graphql/${apiId}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] };
    },
    allow: (answer = {}) =>
      services.onInvoke(authorizerArn, () => ({
        failed: false,
        payload: { isAuthorized: true, resolverContext: { tenantId: 't1' }, ...answer },
      })),
    newToken: () => ({ authorization: `token-${(tokens += 1)}-abcdef` }),
  };
}
