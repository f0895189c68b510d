import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { evaluateCode, type EvaluateCodeInput } from './index.ts';

const dependencies = { randomBytes, clock: { now: () => 0 } };
const runtime = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };

function evaluate(body: string, input: Partial<EvaluateCodeInput> = {}) {
  const code = `import { util } from '@aws-appsync/utils';
export function request(ctx) {
  ${body}
}
export function response(ctx) { return ctx.result; }`;
  return evaluateCode({ runtime, code, context: '{}', function: 'request', ...input }, dependencies);
}

describe('EvaluateCode', () => {
  test('answers result, logs, stash and errors as JSON strings', () => {
    const answer = evaluate(
      "ctx.stash.a = 1; util.appendError('b', 'C'); console.log(ctx.args.d); return { e: null };",
      {
        context: '{"arguments":{"d":2}}',
      },
    );
    expect(answer).toEqual({
      evaluationResult: '{"e":null}',
      logs: ['INFO - code.js:3:48: 2'],
      stash: '{"a":1}',
      outErrors: '[{"message":"b","type":"C","data":null,"errorInfo":null}]',
    });
  });

  test('the response handler', () => {
    expect(evaluate('', { function: 'response', context: '{"result":[1]}' }).evaluationResult).toBe('[1]');
  });

  test('a raised error', () => {
    const answer = evaluate("util.error('no', 'Nope');");
    expect(answer).toMatchObject({ error: { message: 'no', codeErrors: [] }, outErrors: '[]' });
    expect(answer.evaluationResult).toBeUndefined();
  });

  test('an error of the code says where', () => {
    expect(evaluate('return ctx.args.a.b;').error?.message).toMatch(/^code\.js:3:\d+: TypeError/);
  });

  test('code that cannot be parsed', () => {
    expect(evaluate('return {').error).toEqual({
      message: 'Code contains one or more errors.',
      codeErrors: [
        {
          errorType: 'PARSER_ERROR',
          value: expect.stringContaining('Parsing error'),
          location: { line: 5, column: expect.any(Number), span: 1 },
        },
      ],
    });
  });

  test('code that the language has not', () => {
    expect(evaluate('return new Map();').error?.codeErrors).toEqual([
      { errorType: 'LINT_ERROR', value: expect.stringContaining('new'), location: { line: 3, column: 10, span: 9 } },
      { errorType: 'LINT_ERROR', value: expect.stringContaining('Map'), location: { line: 3, column: 14, span: 3 } },
    ]);
  });

  test.each<Partial<EvaluateCodeInput>>([
    { runtime: { name: 'VTL', runtimeVersion: '1.0.0' } },
    { runtime: { name: 'APPSYNC_JS', runtimeVersion: '2.0.0' } },
    { code: '' },
    { context: 'x' },
    { context: '[]' },
    { function: 'handler' },
  ])('refuses %j', (input) => {
    expect(() => evaluate('return 1;', input)).toThrow(expect.objectContaining({ code: 'BadRequestException' }));
  });
});
