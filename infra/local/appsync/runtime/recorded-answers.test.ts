import { describe, expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import { evaluateCode } from './index.ts';
import recorded from './recorded-answers.json' with { type: 'json' };

describe('answers as AWS gave them', () => {
  test.each(recorded.cases)('$call', ({ call, context, expected }) => {
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
    expect(JSON.parse(answer.evaluationResult ?? 'undefined')).toEqual(expected);
  });
});
