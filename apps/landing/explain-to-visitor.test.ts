import { expect, test } from 'vitest';
import { ApiError, TooManyRequestsError } from '../ui/graphql/errors.ts';
import { explainToVisitor } from './explain-to-visitor.ts';

test('who is too fast before there is a workspace is told so without one, and when it goes on', () => {
  const error = new TooManyRequestsError('Too many requests; try again later.', 'r1', 90_000);
  const explanation = explainToVisitor(error, new Date('2026-11-28T12:00:00Z'));
  expect(explanation).toMatchObject({
    tone: 'calm',
    code: 'TooManyRequests',
    requestId: 'r1',
    retryAt: new Date('2026-11-28T12:01:30Z'),
  });
  expect(explanation.nextStep).not.toMatch(/workspace|tier/);
});

test('other errors are told of as everywhere', () => {
  expect(explainToVisitor(new ApiError('Broken.', 'InternalFailure', 'r2'))).toMatchObject({
    cause: 'Broken.',
    code: 'InternalFailure',
    requestId: 'r2',
    tone: 'error',
  });
});
