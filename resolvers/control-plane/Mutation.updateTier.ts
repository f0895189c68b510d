/** Changes a tier's settings: for tenants that come to it from now on. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { operations, transactWrite } from '@aws-appsync/utils/dynamodb';
import type { MutationUpdateTierArgs, UpdateTierInput, UserErrorCode } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { auditPut } from '../lib/registry/audit.ts';
import { checkLimits } from '../lib/registry/limits.ts';
import { userError, type UserError } from '../lib/userError.ts';
import { checkText, found, trimmed } from '../lib/validation.ts';

export function request(ctx: Context<MutationUpdateTierArgs>) {
  const { tier } = ctx.args.input;
  const userErrors = check(ctx.args.input);
  if (userErrors.length > 0) runtime.earlyReturn({ refusal: { tier: null, userErrors } });
  const { limits } = ctx.args.input;
  const description = trimmed(ctx.args.input.description);
  return transactWrite({
    items: [
      {
        updateItem: {
          table: ctx.env.TIERS_TABLE ?? '',
          key: { tier },
          update: {
            ...(description === null ? {} : { description }),
            ...(limits ? { limits: operations.replace(limits) } : {}),
            updatedAt: util.time.nowISO8601(),
          },
          condition: { tier: { attributeExists: true } },
        },
      },
      auditPut(ctx, { detail: ctx.args.input }),
    ],
  });
}

export function response(ctx: Context<MutationUpdateTierArgs>): object {
  failOnError(ctx);
  return {};
}

function check({ description, limits }: UpdateTierInput): UserError<UserErrorCode>[] {
  const text = trimmed(description);
  if (text === null && !limits) {
    return [userError('INVALID_INPUT', null, 'Nothing to change: give a description or limits.')];
  }
  return found([
    text === null ? null : checkText('description', text, { shortest: 1, longest: 300 }),
    ...(limits ? checkLimits(limits) : []),
  ]);
}
