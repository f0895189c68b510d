import { describe, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { evaluateCode } from './index.ts';
import recordedAnswers from './recorded-answers.json';

interface RecordedCase {
  readonly call: string;
  readonly context: object;
  readonly expected?: unknown;
  readonly expectedJson?: unknown;
}

const cases = recordedAnswers.cases as readonly RecordedCase[];

describe('answers as AWS gave them', () => {
  test.each(cases)('$call $context', ({ call, context, expected, expectedJson }) => {
    const code = `import { util } from '@aws-appsync/utils';
      import * as ddb from '@aws-appsync/utils/dynamodb';
      export function request(ctx) { return ${call}; }
      export function response(ctx) { return null; }`;
    const answer = evaluateCode(
      {
        runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
        code,
        context: JSON.stringify(context),
        function: 'request',
      },
      { randomBytes, clock: { now: () => 0 } },
    );
    expect(answer).toMatchObject({ logs: [], stash: '{}', outErrors: '[]' });
    const result: unknown = JSON.parse(answer.evaluationResult ?? 'undefined');
    if (expectedJson === undefined) expect(result).toEqual(expected);
    else expect(JSON.parse(String(result))).toEqual(expectedJson);
  });
});
