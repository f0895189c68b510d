import type { Template } from 'aws-cdk-lib/assertions';
import { compileDocument } from '../../local/identity/policy/compile.ts';
import { evaluate } from '../../local/identity/policy/evaluate.ts';
import { requestContext } from '../../local/identity/policy/request-context.ts';
import type { ConditionContext, Json, JsonObject } from '../../local/service.ts';

/** Whether a role may do something to a table, by the tables' names: `Gates`. */
export type May = (action: string, table: string, context: ConditionContext) => boolean;

/**
 * What the policies of a template's role allow, as the local cloud's IAM judges them.
 *
 * @param role - how the role's logical id begins
 * @param given - parameters by their names, and conditions by theirs
 */
export function rightsOf(template: Template, role: string, given: Readonly<Record<string, Json>> = {}): May {
  const parameters = template.toJSON()['Parameters'] as Readonly<Record<string, { readonly Default?: string }>>;
  const resolve = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[name, argument = null] = ['']] = Object.entries(value);
    const list = Array.isArray(argument) ? (argument as readonly Json[]) : [];
    if (name === 'Ref') return given[String(argument)] ?? lastPart(parameters?.[String(argument)]?.Default) ?? 'x';
    if (name === 'Fn::GetAtt') return `arn:x:dynamodb:x:x:table/${String(list[0]).replace(/[0-9A-F]{8}$/, '')}`;
    if (name === 'Fn::Join') return (resolve(list[1] ?? null) as string[]).join(String(list[0]));
    if (name === 'Fn::If') return resolve(list[given[String(list[0])] === true ? 1 : 2] ?? null);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one)]));
  };
  const policies = Object.values(template.findResources('AWS::IAM::Policy')) as { readonly Properties: JsonObject }[];
  const documents = policies
    .filter(({ Properties }) => JSON.stringify(Properties['Roles']).includes(`{"Ref":"${role}`))
    .map(({ Properties }) => compileDocument(resolve(Properties['PolicyDocument'] ?? null) as JsonObject));
  if (documents.length === 0) throw new Error(`The template has no policy of a role ${role}…`);
  const policiesOfRole = { identity: documents.flat(), boundary: undefined, session: undefined };
  return (action, table, context) => {
    const resource = `arn:x:dynamodb:x:x:table/${table}`;
    const refusal = evaluate(
      policiesOfRole,
      `dynamodb:${action}`,
      resource,
      requestContext(() => context),
    );
    return refusal === undefined;
  };
}

/** `/cotenant/control-plane/tables/Gates`, a name in Parameter Store, is `Gates` here. */
const lastPart = (path: string | undefined): string | undefined => path?.split('/').at(-1);
