import type { ConstDirectiveNode, GraphQLField, GraphQLObjectType } from 'graphql';
import type { AuthorizationMode } from '../model.ts';

const modeOfDirective: Readonly<Record<string, AuthorizationMode | 'OTHER'>> = {
  aws_lambda: 'AWS_LAMBDA',
  aws_iam: 'AWS_IAM',
  aws_api_key: 'API_KEY',
  aws_oidc: 'OTHER',
  aws_cognito_user_pools: 'OTHER',
  aws_auth: 'OTHER',
};

/**
 * The modes that may read a field: by its own directives; without any, by its type's; without any, the API's default
 * mode alone. A directive of a mode that no API here can have lets nobody in.
 */
export function modesOfField(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  defaultMode: AuthorizationMode,
): ReadonlySet<AuthorizationMode> {
  const onField = modesOf(field.astNode?.directives);
  if (onField) return onField;
  const nodes = [type.astNode, ...type.extensionASTNodes];
  return modesOf(nodes.flatMap((node) => node?.directives ?? [])) ?? new Set([defaultMode]);
}

function modesOf(directives: readonly ConstDirectiveNode[] | undefined): ReadonlySet<AuthorizationMode> | undefined {
  const named = (directives ?? []).flatMap(({ name }) => modeOfDirective[name.value] ?? []);
  if (named.length === 0) return undefined;
  return new Set(named.filter((mode) => mode !== 'OTHER'));
}
