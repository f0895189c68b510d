import { z } from 'zod';
import { AwsError } from '../errors.ts';
import type { Call, Json, JsonObject, Operation } from '../service.ts';

/** An operation that runs only on input of the given shape; `code` is what its service calls input that is wrong. */
export function operationOf(code: string) {
  return <Shape extends z.ZodType>(shape: Shape, run: (call: Call, input: z.infer<Shape>) => unknown): Operation =>
    async (call: Call, input: unknown) =>
      run(call, readInput(shape, input, code));
}

/** Throws AwsError `code` that names the first member that is wrong. */
export function readInput<Shape extends z.ZodType>(shape: Shape, input: unknown, code: string): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const member = issue?.path.join('.') || 'the input';
  throw new AwsError(code, `1 validation error detected: ${member}: ${issue?.message ?? 'not valid'}`);
}

/** CloudFormation gives a parameter's number as text, and so a flag's. */
export const integer = (least: number, most: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value !== '' ? Number(value) : value),
    z.int().min(least).max(most),
  );
export const flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

/** CloudFormation's `ActionTypeId` is the API's `actionTypeId`; members of objects named in `asTheyAre` keep their names. */
export function lowerNames(value: Json, asTheyAre: ReadonlySet<string> = new Set()): Json {
  if (Array.isArray(value)) return value.map((one: Json) => lowerNames(one, asTheyAre));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, member]) => [
      name.charAt(0).toLowerCase() + name.slice(1),
      asTheyAre.has(name) ? member : lowerNames(member, asTheyAre),
    ]),
  );
}

/** One page of a list, at most `largest` long. The token is the place where the next page starts. */
export function pageOf<Item>(
  items: readonly Item[],
  { size, token, code }: { readonly size: number; readonly token: string | undefined; readonly code: string },
): { readonly items: readonly Item[]; readonly nextToken: string | undefined } {
  const start = token === undefined ? 0 : Number(token);
  if (!Number.isInteger(start) || start < 0 || start > items.length)
    throw new AwsError(code, `The next token is ${JSON.stringify(token)}: expected one that this list gave`);
  const end = start + size;
  return { items: items.slice(start, end), nextToken: end < items.length ? String(end) : undefined };
}
