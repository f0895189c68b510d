import { AwsError } from '../errors.ts';
import { isPath } from './delivery/target-input.ts';
import { targetKind } from './delivery/send-to-target.ts';
import type { Target } from './store.ts';

/** A target as the API and CloudFormation write it. */
export interface TargetInput {
  readonly Id?: string;
  readonly Arn?: string;
  readonly RoleArn?: string;
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate?: string;
  };
  readonly RetryPolicy?: { readonly MaximumRetryAttempts?: number; readonly MaximumEventAgeInSeconds?: number };
}

const members = new Set(['Id', 'Arn', 'RoleArn', 'Input', 'InputPath', 'InputTransformer', 'RetryPolicy']);
const mostTargets = 5;

export function readTarget(input: TargetInput): Target {
  const {
    Id: id,
    Arn: arn,
    RoleArn: roleArn,
    Input: text,
    InputPath: inputPath,
    InputTransformer: transformer,
    RetryPolicy: retry,
  } = input;
  const unknown = Object.keys(input).find((name) => !members.has(name));
  if (unknown !== undefined) throw invalid(`${unknown} of the target ${String(id)} is not supported here`);
  if (!id || !arn) throw invalid('A target needs an Id and an Arn');
  if (!targetKind(arn))
    throw invalid(
      `The target ${arn} is of a kind that is not supported here: a Lambda function, an event bus or a log group is`,
    );
  if ([text, inputPath, transformer].filter((value) => value !== undefined).length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  const paths = transformer?.InputPathsMap ?? {};
  const wrong = [...Object.values(paths), inputPath ?? '$'].find((path) => !isPath(path));
  if (wrong !== undefined) throw invalid(`The path ${wrong} of the target ${id} is not supported here`);
  return {
    id,
    arn,
    roleArn,
    input: text,
    inputPath,
    inputTransformer: transformer && { paths, template: transformer.InputTemplate ?? '' },
    retry: retry && {
      attempts: numberOf(retry.MaximumRetryAttempts),
      ageSeconds: numberOf(retry.MaximumEventAgeInSeconds),
    },
  };
}

export function requireDistinct(targets: readonly Target[]): void {
  if (targets.length > mostTargets)
    throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
  if (new Set(targets.map(({ id }) => id)).size < targets.length)
    throw invalid('Two targets of the rule have the same Id');
}

export function describeTarget(target: Target): TargetInput {
  const { id, arn, roleArn, input, inputPath, inputTransformer: transformer, retry } = target;
  return {
    Id: id,
    Arn: arn,
    ...(roleArn === undefined ? {} : { RoleArn: roleArn }),
    ...(input === undefined ? {} : { Input: input }),
    ...(inputPath === undefined ? {} : { InputPath: inputPath }),
    ...(transformer
      ? { InputTransformer: { InputPathsMap: transformer.paths, InputTemplate: transformer.template } }
      : {}),
    ...(retry
      ? {
          RetryPolicy: {
            ...(retry.attempts === undefined ? {} : { MaximumRetryAttempts: retry.attempts }),
            ...(retry.ageSeconds === undefined ? {} : { MaximumEventAgeInSeconds: retry.ageSeconds }),
          },
        }
      : {}),
  };
}

/** CloudFormation gives a parameter's number as text. */
function numberOf(value: number | string | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
