import type { Operator } from '../../generated/control-plane.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';
import { roles, usersWithRole } from './groups.ts';
import { toOperator } from './to-operator.ts';

/** What the resolver step asks for: it makes the page and its cursors. */
export interface ListOperatorsArguments {
  readonly limit: number;
  /** The `sortKey` of the last operator before; empty at the beginning. */
  readonly after: string;
}

/** Operators by e-mail address. */
export function listOperators(dependencies: Dependencies) {
  return async ({ arguments: { limit, after } }: OperatorCall<ListOperatorsArguments>) => {
    const byRole = await Promise.all(
      roles.map(async (role) =>
        (await usersWithRole(role, dependencies)).map((user) => toOperator(user, user.Attributes, role)),
      ),
    );
    const sorted = [...withoutRepeats(byRole.flat()).values()]
      .map((operator) => ({ ...operator, sortKey: `${operator.email}#${operator.id}` }))
      .sort((one, other) => (one.sortKey < other.sortKey ? -1 : 1));
    return sorted.filter(({ sortKey }) => sortKey > after).slice(0, limit);
  };
}

/** Who is in both groups comes first with the greater role. */
function withoutRepeats(operators: readonly Operator[]): Map<string, Operator> {
  const byId = new Map<string, Operator>();
  for (const operator of operators) if (!byId.has(operator.id)) byId.set(operator.id, operator);
  return byId;
}
