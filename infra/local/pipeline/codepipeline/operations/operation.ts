import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import { operationOf } from '../../read-input.ts';

export const codepipelineOperation = operationOf('ValidationException');

export function invalidInput(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** Shapes that many operations share. Source: CodePipeline API reference. */
export const name = z.string().regex(/^[A-Za-z0-9.@\-_]{1,100}$/, 'expected 1 to 100 of letters, digits, . @ - _');
export const executionId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "expected an execution's id, a UUID");
export const page = {
  nextToken: z.string().min(1).max(2048).optional(),
  maxResults: z.int().min(1).max(100).default(100),
};
export const pageError = 'InvalidNextTokenException';
