import type { TenantRole, TenantStatus, Tier, UserStatus } from '../../generated/control-plane.ts';
import type { AttributeValue, BatchGet } from './batch-get.ts';

/** How a user and a tenant stand in the registry at this moment. */
export interface Standing {
  readonly tenantId: string;
  readonly tenantStatus: TenantStatus;
  readonly stack: string;
  readonly tier: Tier;
  readonly shardCount: number;
  readonly userId: string;
  readonly userStatus: UserStatus;
  readonly role: TenantRole;
}

export interface Registry {
  /** Undefined unless there are both the tenant and the user's membership of it. */
  read(tenantId: string, userId: string): Promise<Standing | undefined>;
}

const tenantAttributes = ['status', 'stack', 'tier', 'shardCount'] as const;
const userAttributes = ['status', 'role'] as const;

/** The registry's tables, read in one call, and no more of them than is asked. */
export function createRegistry(batchGet: BatchGet, tables: { tenants: string; tenantUsers: string }): Registry {
  return {
    async read(tenantId, userId) {
      const found = await batchGet({
        [tables.tenants]: { key: { tenantId: { S: tenantId } }, attributes: tenantAttributes },
        [tables.tenantUsers]: {
          key: { tenantId: { S: tenantId }, userId: { S: userId } },
          attributes: userAttributes,
        },
      });
      const tenant = found[tables.tenants];
      const user = found[tables.tenantUsers];
      if (!tenant || !user) return undefined;
      return {
        tenantId,
        tenantStatus: text(tenant, 'status') as TenantStatus,
        stack: text(tenant, 'stack'),
        tier: text(tenant, 'tier') as Tier,
        shardCount: Number(tenant.shardCount?.N ?? '1'),
        userId,
        userStatus: text(user, 'status') as UserStatus,
        role: text(user, 'role') as TenantRole,
      };
    },
  };
}

/** Claims share the table with tenants and lack these attributes: they answer empty texts, which admit nobody. */
function text(item: Readonly<Record<string, AttributeValue>>, name: string): string {
  return item[name]?.S ?? '';
}
