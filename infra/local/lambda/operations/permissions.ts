import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Call } from '../../service.ts';
import { describePermission } from '../registry/describe.ts';
import type { ResolvedFunction } from '../registry/registry.ts';
import { parseInput } from '../registry/settings.ts';
import type { Parts } from '../service-parts.ts';

type PermissionParts = Pick<Parts, 'registry' | 'permissions' | 'environment'>;

const shape = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.string().optional(),
  StatementId: z.string().regex(/^[\w-]{1,100}$/, 'expected 1 to 100 letters, digits, hyphens and underscores'),
  Action: z.string().regex(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/, 'expected an action of Lambda'),
  Principal: z.string().min(1),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

export function addPermission({ registry, permissions, environment }: PermissionParts) {
  return async (call: Call, given: unknown) => {
    const input = parseInput(shape, given);
    const { reference, arn } = registry.resolve(input.FunctionName, input.Qualifier);
    call.authorize('lambda:AddPermission', arn);
    const { StatementId: statementId } = input;
    if (permissions.of(reference).some((statement) => statement.statementId === statementId)) {
      const message = `The statement id (${statementId}) provided already exists.`;
      throw new AwsError('ResourceConflictException', `${message} Please provide a new statement id.`, 409);
    }
    const permission = {
      functionName: reference.name,
      qualifier: reference.qualifier,
      statementId,
      action: input.Action,
      principal: input.Principal,
      sourceArn: input.SourceArn,
      sourceAccount: input.SourceAccount,
    };
    await permissions.put(permission);
    return { Statement: JSON.stringify(describePermission(permission, environment)) };
  };
}

interface Input {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

export function removePermission({ registry, permissions }: PermissionParts) {
  return async (call: Call, input: Input & { readonly StatementId: string }) => {
    const target = registry.resolve(input.FunctionName, input.Qualifier);
    call.authorize('lambda:RemovePermission', target.arn);
    if (await permissions.delete(target.reference, input.StatementId)) return;
    throw new AwsError(
      'ResourceNotFoundException',
      `Statement ${input.StatementId} is not found in resource policy.`,
      404,
    );
  };
}

export function getPolicy({ registry, permissions, environment }: PermissionParts) {
  return (call: Call, input: Input) => {
    const target: ResolvedFunction = registry.resolve(input.FunctionName, input.Qualifier);
    call.authorize('lambda:GetPolicy', target.arn);
    const statements = permissions.of(target.reference);
    if (statements.length === 0) {
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404);
    }
    const policy = {
      Version: '2012-10-17',
      Id: 'default',
      Statement: statements.map((statement) => describePermission(statement, environment)),
    };
    return { Policy: JSON.stringify(policy), RevisionId: target.document.revision };
  };
}
