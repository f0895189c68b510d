import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, LocalService, State } from '../../service.ts';
import { startServices, type RunningServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createAppsync } from '../index.ts';
import { deploy, deployApi, runtime } from '../testing/deploy.ts';
import { fakeServices } from '../testing/fake-services.ts';

const schema = `
  type Query { node: Node  piped(stop: String): String }
  type Node { child: Node  name: String }
`;
const code = (request: string, response: string) => `import { runtime, util } from '@aws-appsync/utils';
  export function request(ctx) { ${request} }
  export function response(ctx) { ${response} }`;

let running: RunningServices;
let appsync: LocalService;
let kept: State;
let apiId: string;
let apiKey: string;

beforeAll(async () => {
  const services = fakeServices();
  running = await startServices((environment, state) => {
    kept = state;
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
    api: {
      AuthenticationType: 'API_KEY',
      LambdaAuthorizerConfig: null,
      AdditionalAuthenticationProviders: [],
      QueryDepthLimit: 4,
      ResolverCountLimit: 3,
      IntrospectionConfig: 'DISABLED',
    },
    schema,
    resolvers: {
      'Query.node': code('return { payload: null }', 'return {}'),
      'Node.child': code('return { payload: null }', 'return {}'),
    },
  }));
  const functionOf = async (name: string, request: string, response: string): Promise<string> => {
    const { attributes } = await deploy(appsync, 'AWS::AppSync::FunctionConfiguration', {
      ApiId: apiId,
      Name: name,
      DataSourceName: 'none',
      Runtime: runtime,
      Code: code(request, response),
    });
    return String(attributes['FunctionId']);
  };
  const functions = [
    await functionOf(
      'first',
      `ctx.stash.seen = 'stash'; return { payload: ctx.prev.result + '>first' }`,
      'return ctx.result',
    ),
    await functionOf(
      'second',
      `if (ctx.args.stop === 'NEXT') { runtime.earlyReturn('next') }
       if (ctx.args.stop === 'END') { runtime.earlyReturn('end', { skipTo: 'END' }) }
       return { payload: ctx.prev.result + '>second' }`,
      `if (ctx.args.stop === 'ERROR') { util.error('stopped', 'Stopped') } return ctx.result`,
    ),
    await functionOf('third', `return { payload: ctx.prev.result + '>third' }`, 'return ctx.result'),
  ];
  await deploy(appsync, 'AWS::AppSync::Resolver', {
    ApiId: apiId,
    TypeName: 'Query',
    FieldName: 'piped',
    Kind: 'PIPELINE',
    PipelineConfig: { Functions: functions },
    Runtime: runtime,
    Code: code(`return 'begin'`, `return ctx.prev.result + '+' + ctx.stash.seen`),
  });
});

afterAll(() => running.stop());

async function ask(query: string): Promise<{ data: JsonObject | null; errors?: JsonObject[] }> {
  const response = await fetch(`${running.endpoint}/graphql/${apiId}`, {
    method: 'POST',
    headers: { 'x-api-key': apiKey },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: JsonObject | null; errors?: JsonObject[] };
}

describe('a pipeline', () => {
  it.each([
    ['', 'begin>first>second>third+stash'],
    ['(stop: "NEXT")', 'next>third+stash'],
    ['(stop: "END")', 'end+stash'],
  ])('hands results on: piped%s', async (args, expected) => {
    expect(await ask(`{ piped${args} }`)).toEqual({ data: { piped: expected } });
  });

  it('is stopped by util.error', async () => {
    expect(await ask('{ piped(stop: "ERROR") }')).toMatchObject({
      data: { piped: null },
      errors: [{ errorType: 'Stopped' }],
    });
  });
});

describe('limits', () => {
  it('hold for depth, resolvers and introspection', async () => {
    expect((await ask('{ node { child { child { name } } } }')).errors).toBeUndefined();
    expect((await ask('{ node { child { child { child { name } } } } }')).errors).toMatchObject([
      { errorType: 'QueryDepthLimitReached' },
    ]);
    expect(
      (await ask('{ __schema { types { name } } node { child { child { child { name } } } } }')).errors,
    ).toMatchObject([{ errorType: 'QueryDepthLimitReached' }]);
    const many = await ask('{ a: node { name } b: node { name } c: node { name } d: node { name } }');
    expect(many.errors).toMatchObject([{ errorType: 'ResolverExecutionLimitReached', path: ['d'] }]);
    expect((await ask('{ __schema { types { name } } }')).errors).toMatchObject([
      { errorType: 'IntrospectionDisabled' },
    ]);
    expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  it('hold for a query’s tokens', async () => {
    const { errors } = await ask(`{ ${'a '.repeat(15_001)} }`);
    expect(errors).toMatchObject([
      { errorType: 'MalformedHttpRequestException', message: 'The query has more than 15000 tokens.' },
    ]);
  });
});

describe('a restart', () => {
  it('brings back what was deployed', async () => {
    const services = fakeServices();
    const again = await startServices((environment) => [
      createAppsync({
        state: kept,
        environment,
        identity: trustingIdentity,
        clock: { now: () => Date.now() },
        ...services.dependencies,
        randomBytes,
      }),
    ]);
    const response = await fetch(`${again.endpoint}/graphql/${apiId}`, {
      method: 'POST',
      headers: { 'x-api-key': apiKey },
      body: JSON.stringify({ query: '{ piped }' }),
    });
    expect(await response.json()).toEqual({ data: { piped: 'begin>first>second>third+stash' } });
    await again.stop();
  });

  it('cannot be asked for what was deleted', async () => {
    const provider = appsync.providers?.find(({ type }) => type === 'AWS::AppSync::ApiKey');
    const scope = { stackName: 's', stackId: 's', tags: {}, logicalId: 'Key', properties: {} };
    await provider?.delete({
      ...scope,
      physicalId: `arn:aws:appsync:us-east-1:000000000000:apis/${apiId}/apikeys/${apiKey}`,
    });
    expect((await ask('{ piped }')).errors).toMatchObject([{ errorType: 'UnauthorizedException' }]);
  });
});
