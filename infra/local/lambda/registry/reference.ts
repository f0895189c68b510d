import { AwsError } from '../../errors.ts';
import type { Environment } from '../../service.ts';

/** A function as a caller names it, taken apart. */
export interface FunctionReference {
  readonly name: string;
  /** A version or an alias; absent: `$LATEST`. */
  readonly qualifier?: string | undefined;
}

const pattern =
  /^(?:(?:arn:(?<partition>[\w-]+):lambda:(?<region>[\w-]+):)?(?<account>\d{12}):function:)?(?<name>[\w-]{1,64})(?::(?<qualifier>\$LATEST|[\w-]{1,128}))?$/;

/**
 * Takes a name, a partial ARN or an ARN, each with or without a qualifier. Source: Lambda API reference, Invoke,
 * FunctionName.
 */
export function parseReference(text: string, environment: Environment, qualifier?: string): FunctionReference {
  const groups = pattern.exec(text)?.groups;
  const name = groups?.['name'];
  if (!groups || name === undefined) {
    throw new AwsError('ValidationException', `The function name is ${text}: expected a name or an ARN of a function`);
  }
  const { partition, region, accountId } = environment;
  const elsewhere =
    (groups['partition'] ?? partition) !== partition ||
    (groups['region'] ?? region) !== region ||
    (groups['account'] ?? accountId) !== accountId;
  if (elsewhere) throw functionNotFound(text);
  const given = groups['qualifier'];
  if (given !== undefined && qualifier !== undefined && given !== qualifier) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The derived qualifier from the function name does not match the specified qualifier: ${given} and ${qualifier}`,
    );
  }
  const wanted = given ?? qualifier;
  return { name, qualifier: wanted === '$LATEST' ? undefined : wanted };
}

export function functionArn(environment: Environment, { name, qualifier }: FunctionReference): string {
  const { partition, region, accountId } = environment;
  const suffix = qualifier === undefined ? '' : `:${qualifier}`;
  return `arn:${partition}:lambda:${region}:${accountId}:function:${name}${suffix}`;
}

export function functionNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });
}
