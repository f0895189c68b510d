/** What confirmMove and revertMove share: an operator decides what becomes of a move, once. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { get, operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MoveStatus } from '../../../generated/control-plane.ts';
import type { MoveItem } from '../../../schema/transition.ts';
import { failOnError } from '../failOnError.ts';
import { isIdentifier } from '../identifier.ts';
import { auditPut } from './audit.ts';
import { isTenant, type StoredTenant } from './tenant.ts';
import { noSuchTenant, type Refusal, refuseTenant, type TenantTransactionContext } from './tenantPayload.ts';
import { isRefused } from './transition.ts';

interface MoveArgs {
  readonly input: { readonly tenantId: string };
}

/** Reads the tenant whose move it is. */
export function readMove(ctx: Context<MoveArgs>) {
  const { tenantId } = ctx.args.input;
  if (!isIdentifier(tenantId)) runtime.earlyReturn({ refusal: noSuchTenant });
  return get({ key: { tenantId }, consistentRead: true });
}

export type MoveContext<Arguments extends MoveArgs> = Context<
  Arguments,
  object,
  undefined,
  undefined,
  StoredTenant | null
>;

/** Nothing if the tenant's move has come to one of these. */
export function requireMove(ctx: MoveContext<MoveArgs>, expected: readonly MoveStatus[]): Refusal {
  failOnError(ctx);
  const tenant = ctx.result;
  if (!isTenant(tenant)) return { refusal: noSuchTenant };
  const status = tenant.move?.status;
  if (expected.some((one) => one === status)) return {};
  const message = `The tenant's move is ${status ?? 'not there'}, expected one that is ${expected.join(' or ')}.`;
  return { refusal: refuseTenant('INVALID_STATE', 'tenantId', message) };
}

export type DecisionContext<Arguments extends MoveArgs> = Context<Arguments, object, { readonly result: Refusal }>;

/** Writes the decision into the move, whose next step takes it up; `where` is what the move has to be like, beside undecided. */
export function decideMove(
  ctx: DecisionContext<MoveArgs>,
  decision: Pick<MoveItem, 'confirmedBy' | 'revertBy'>,
  where: Readonly<Record<string, { readonly eq: string | boolean } | { readonly attributeExists: boolean }>>,
) {
  const { refusal } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  const { tenantId } = ctx.args.input;
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TRANSITIONS_TABLE ?? '',
          key: { tenantId },
          update: { ...decision, revision: operations.increment(1), dueAt: util.time.nowISO8601() },
          condition: {
            ...where,
            kind: { eq: 'MOVE' },
            confirmedBy: { attributeExists: false },
            revertBy: { attributeExists: false },
          },
        },
      },
      auditPut(ctx, { tenantId }),
    ],
  });
}

export function moveDecided(ctx: TenantTransactionContext<MoveArgs>): Refusal {
  if (!isRefused(ctx)) return {};
  return { refusal: refuseTenant('INVALID_STATE', 'tenantId', 'The move was confirmed or is being reverted already.') };
}
