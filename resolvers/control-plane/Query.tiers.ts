import { type Context, util } from '@aws-appsync/utils';
import { batchGet } from '@aws-appsync/utils/dynamodb';
import type { Tier, TierSettings } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';

const tiers: readonly Tier[] = ['BASIC', 'STANDARD', 'PREMIUM', 'PLATINUM'];

export function request(ctx: Context) {
  return batchGet({ tables: { [ctx.env.TIERS_TABLE ?? '']: { keys: tiers.map((tier) => ({ tier })) } } });
}

interface Answer {
  readonly data: Readonly<Record<string, readonly (TierSettings | null)[]>>;
}

export function response(ctx: Context<unknown, object, undefined, undefined, Answer>): TierSettings[] {
  failOnError(ctx);
  const rows = ctx.result.data[ctx.env.TIERS_TABLE ?? ''] ?? [];
  const found = rows.flatMap((row) => (row ? [row] : []));
  if (found.length < tiers.length) util.error(`Only ${found.length} of ${tiers.length} tiers are there.`, 'Fault');
  return found;
}
