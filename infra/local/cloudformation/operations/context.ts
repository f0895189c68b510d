import { AwsError } from '../../errors.ts';
import type { Call, Collection, Objects } from '../../service.ts';
import type { EngineContext } from '../engine/context.ts';
import type { Stack } from '../engine/model.ts';
import type { StackRunner } from '../engine/stack-runner.ts';
import type { ChangeSet } from './change-set.ts';

export interface ApiContext {
  readonly context: EngineContext;
  readonly runner: StackRunner;
  readonly objects: Pick<Objects, 'read'>;
  readonly changeSets: Collection<ChangeSet>;
}

export interface StackInput {
  readonly StackName?: string;
}

/** The stack of that name or id, if the caller may do `action` to it. What is not there answers as AWS does. */
export function authorizedStack({ context }: ApiContext, call: Call, action: string, name: string | undefined): Stack {
  const wanted = requiredText('StackName', name);
  const stack = context.find(wanted);
  call.authorize(`cloudformation:${action}`, stack?.stackId ?? stackArn(context, wanted));
  if (!stack) throw missing(wanted);
  return stack;
}

export function missing(name: string): AwsError {
  return new AwsError('ValidationError', `Stack with id ${name} does not exist`);
}

/** The ARN by which a stack is authorized before it has an id. */
export function stackArn({ environment }: EngineContext, name: string): string {
  if (name.startsWith('arn:')) return name;
  const { partition, region, accountId } = environment;
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/*`;
}

export function requiredText(member: string, value: string | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

/** AWS leaves out lists that are empty; the query protocol sends one as an empty text. */
export function listOf<Item>(value: readonly Item[] | '' | undefined): readonly Item[] {
  return Array.isArray(value) ? (value as readonly Item[]) : [];
}
