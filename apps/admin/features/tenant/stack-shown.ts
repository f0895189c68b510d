import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';

const pool = 'pooled';

type Move = NonNullable<TenantFieldsFragment['move']>;

export interface Place {
  readonly stack: string;
  readonly move: Pick<Move, 'fromStack' | 'toStack' | 'status'> | null;
}

/**
 * The stack that a tenant's page shows: the one where it is, or, while it moves between the pool and a stack of its own, its own, whose
 * making and removal are the move's. Where the move has failed, why is told there too.
 */
export function stackShownOf({ stack, move }: Place): string {
  const isOver = !move || move.status === 'COMPLETED' || move.status === 'REVERTED';
  if (isOver || stack !== pool) return stack;
  return move.toStack === pool ? move.fromStack : move.toStack;
}
