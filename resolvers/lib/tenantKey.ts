/**
 * The only place that makes a DynamoDB key of the application plane. A key carries the tenant of whoever calls, taken
 * from the authorizer's answer and from nothing that a client sends. Its type is branded with what this file
 * keeps to itself: no other code can make one, and the requests of dynamodb.ts take no other.
 */
import { type AppSyncIdentityLambda, type Context, util } from '@aws-appsync/utils';
import type { TenantRole, Tier } from '../../generated/application.ts';

declare const own: unique symbol;

/** A text that this file made a part of a key: a plain one in its place does not compile, in a changed copy neither. */
type OwnText = string & { readonly [own]: 'text' };

/** The whole key of one item of the caller's tenant. */
export type TenantKey = Readonly<Record<string, OwnText>> & { readonly [own]: 'key' };

/** The partition that a query of the caller's tenant reads: attribute and value. */
export interface TenantPartition {
  readonly name: string;
  readonly value: OwnText;
  readonly [own]: 'partition';
}

/** Who calls, as the authorizer found in the tenant registry. */
export interface Caller {
  readonly tenantId: string;
  readonly tier: Tier;
  readonly role: TenantRole;
  readonly userId: string;
  readonly shardCount: number;
  /** Seconds since the epoch. */
  readonly tokenExpiresAt: number;
}

/** Refuses whoever came without the authorizer: IAM callers have no tenant. */
export function caller(ctx: Context): Caller {
  const context = (ctx.identity as AppSyncIdentityLambda | null)?.resolverContext;
  if (!context || !context.tenantId || !context.userId || !context.shardCount || !context.tokenExpiresAt)
    util.unauthorized();
  return { ...context, shardCount: +context.shardCount, tokenExpiresAt: +context.tokenExpiresAt };
}

/** Key in a table that has one item a tenant: Tenants, Gates. */
export function tenantKey(ctx: Context): TenantKey {
  return brandKey(ctx, { tenantId: caller(ctx).tenantId });
}

/** Key of the caller's gate to count what was refused: that no longer admits anything, so it has no deadline. */
export function gateKey(ctx: Context): TenantKey {
  return { tenantId: caller(ctx).tenantId } as unknown as TenantKey;
}

/** Key in TenantUsers. */
export function userKey(ctx: Context, userId: string): TenantKey {
  return brandKey(ctx, { tenantId: caller(ctx).tenantId, userId });
}

/** Key in Products. */
export function productKey(ctx: Context, productId: string): TenantKey {
  return brandKey(ctx, { shardId: shardId(ctx, shardOf(productId, caller(ctx).shardCount)), productId });
}

/** Key in Orders. */
export function orderKey(ctx: Context, orderId: string): TenantKey {
  return brandKey(ctx, { shardId: shardId(ctx, shardOf(orderId, caller(ctx).shardCount)), orderId });
}

/** The caller's users, for a query. */
export function userPartition(ctx: Context): TenantPartition {
  return brandPartition('tenantId', caller(ctx).tenantId);
}

/** The caller's metered days and months, for a query of Usage. */
export function usagePartition(ctx: Context): TenantPartition {
  return brandPartition('tenantId', caller(ctx).tenantId);
}

/** One shard of the caller's products or orders, for a query; `shard` is 0 to shardCount − 1. */
export function shardPartition(ctx: Context, shard: number): TenantPartition {
  return brandPartition('shardId', shardId(ctx, shard));
}

const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * An id's shard: its last two characters, which are random in a ULID, as a number of base 32. APPSYNC_JS has neither
 * character codes nor hashes, and a loop over every character of every line of an order would meet its iteration limit.
 */
export function shardOf(id: string, shardCount: number): number {
  const last = symbols.indexOf(id.charAt(id.length - 1)) + 1;
  const lastButOne = symbols.indexOf(id.charAt(id.length - 2)) + 1;
  return (lastButOne * symbols.length + last) % shardCount;
}

function shardId(ctx: Context, shard: number): string {
  return `${caller(ctx).tenantId}#${shard}`;
}

/**
 * Milliseconds for which the gate's admission holds. Who closes the gate can be sure that nobody whom it admitted
 * starts to write after that.
 */
const admissionLifetime = 5000;

function brandKey(ctx: Context, attributes: Record<string, string>): TenantKey {
  const { gateTime } = ctx.stash as { readonly gateTime?: number };
  if (gateTime && util.time.nowEpochMilliSeconds() - gateTime > admissionLifetime) {
    util.error('The request took too long and was not completed; try again.', 'RequestTimeout');
  }
  return attributes as unknown as TenantKey;
}

function brandPartition(name: string, value: string): TenantPartition {
  return { name, value } as unknown as TenantPartition;
}
