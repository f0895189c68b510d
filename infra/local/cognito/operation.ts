import { z } from 'zod';
import { AwsError } from '../errors.ts';
import type { Call, Operation } from '../service.ts';

/** An operation that runs only on input of the given shape. Members beyond it are ignored, as AWS does. */
export function operation<Shape extends z.ZodType>(
  shape: Shape,
  run: (call: Call, input: z.infer<Shape>) => unknown,
): Operation {
  return async (call: Call, input: unknown) => run(call, parse(shape, input));
}

/** Throws InvalidParameterException naming the first member that is wrong. */
export function parse<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const member = issue?.path.join('.') || 'the input';
  throw new AwsError(
    'InvalidParameterException',
    `1 validation error detected: ${member}: ${issue?.message ?? 'not valid'}`,
  );
}

/** Shapes that many operations share. Limits: Amazon Cognito user pools API reference. */
export const userPoolId = z
  .string()
  .regex(/^[\w-]+_[0-9a-zA-Z]+$/, 'expected a user pool id, us-east-1_AbCdEf123 for one');
export const clientId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\w+]+$/);
export const username = z.string().min(1).max(128);
export const password = z.string().min(1).max(256);
export const session = z.string().min(20).max(4096);
export const accessToken = z.string().min(1).max(20_000);
export const confirmationCode = z.string().min(1).max(2048);
export const secretHash = z.string().min(1).max(128).optional();
export const metadata = z.record(z.string().max(131_072), z.string().max(131_072)).optional();
export const attributeList = z
  .array(z.object({ Name: z.string().min(1).max(64), Value: z.string().max(2048).default('') }))
  .max(100);
export const texts = z.record(z.string(), z.string());
