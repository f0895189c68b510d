import { AwsError } from '../../errors.ts';
import type { Call, ConditionContext, Environment } from '../../service.ts';
import type { Authorization, RolePrincipal } from '../authorization.ts';
import type { Decision } from '../policy/explain.ts';
import type { IdentityStore } from '../store.ts';
import { type QueryInput, requiredText, textsOf } from './input.ts';

/** Would bring policies that no role has. */
const refused = [
  'PolicyInputList',
  'PermissionsBoundaryPolicyInputList',
  'ResourcePolicy',
  'CallerArn',
  'ResourceOwner',
];

/** Which statements of a role's policies decide about actions. Source: IAM API reference, "SimulatePrincipalPolicy". */
export const simulatePrincipalPolicy =
  (store: IdentityStore, authorization: Pick<Authorization, 'explain'>, { accountId }: Environment) =>
  (call: Call, input: QueryInput) => {
    const arn = requiredText(input, 'PolicySourceArn');
    call.authorize('iam:SimulatePrincipalPolicy', arn);
    const given = refused.find((name) => input[name] !== undefined);
    if (given !== undefined)
      throw new AwsError(
        'InvalidInput',
        `${given} is not supported here: expected the policies that the role has`,
        400,
      );
    const role = store.roleByArn(arn);
    if (!role) throw new AwsError('NoSuchEntity', `There is no role ${arn}: only roles have policies here`, 404);
    const actions = textsOf(input, 'ActionNames');
    if (actions.length === 0) throw new AwsError('ValidationError', 'ActionNames is missing: expected one or more');
    const resources = textsOf(input, 'ResourceArns');
    const principal: RolePrincipal = { arn, accountId, roleArn: arn, userId: role.id };
    const context = contextOf(input);
    return {
      EvaluationResults: actions.flatMap((action) =>
        (resources.length > 0 ? resources : ['*']).map((resource) =>
          resultOf(action, resource, authorization.explain(principal, action, resource, context)),
        ),
      ),
      IsTruncated: false,
    };
  };

function resultOf(action: string, resource: string, { outcome, statements }: Decision) {
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: outcome,
    // IAM answers documents on one line here, so all positions are on the first.
    MatchedStatements: statements.map(({ policy, text, position }) => ({
      SourcePolicyId: policy,
      SourcePolicyType: 'IAM Policy',
      StartPosition: { Line: 1, Column: position + 1 },
      EndPosition: { Line: 1, Column: position + text.length + 1 },
    })),
    MissingContextValues: [],
  };
}

function contextOf(input: QueryInput): ConditionContext {
  const entries = Array.isArray(input['ContextEntries']) ? (input['ContextEntries'] as ContextEntry[]) : [];
  return Object.fromEntries(entries.map((entry) => [entry.ContextKeyName ?? '', entry.ContextKeyValues ?? []]));
}

interface ContextEntry {
  readonly ContextKeyName?: string;
  readonly ContextKeyValues?: readonly string[];
}
