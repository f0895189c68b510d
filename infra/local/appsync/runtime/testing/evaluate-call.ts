import type { Json } from '../../../service.ts';
import { createResolverRuntime, type Evaluation, type ResolverContext, type ResolverRuntime } from '../index.ts';

/** 2018-02-06T19:01:35.749Z, the moment of the examples in AWS's documents. */
export const documentedMoment = 1_517_943_695_749;

let runtime: ResolverRuntime | undefined;

/** One runtime a test file, with a clock that stands still and bytes that count up. */
export function testRuntime(): ResolverRuntime {
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, (_unused, index) => index);
  runtime ??= createResolverRuntime({ randomBytes, clock: { now: () => documentedMoment } });
  return runtime;
}

/** Runs the body of a request handler. */
export function evaluateBody(body: string, context: ResolverContext = {}): Evaluation {
  const code = `import { util, extensions, runtime } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';
export function request(ctx) { ${body} }
export function response(ctx) { return ctx.result; }`;
  return testRuntime().compile(code, 'test').evaluate('request', context);
}

/** What an expression is worth; throws what it raises. */
export function evaluateCall(expression: string, context: ResolverContext = {}): Json {
  const { result, error } = evaluateBody(`return ${expression};`, context);
  if (error) throw new Error(error.detail ?? error.message);
  return result;
}
