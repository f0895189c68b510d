import { createHash } from 'node:crypto';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type {
  MutationRegisterTenantArgs,
  RegisterTenantInput,
  RegisterTenantPayload,
  TierSettings,
  UserErrorCode,
} from '../../generated/control-plane.ts';
import { auditEntry } from '../layer/audit-entry.ts';
import type { Clock } from '../layer/clock.ts';
import type { FieldCall } from '../layer/field-call.ts';
import type { CreateId } from '../layer/ids.ts';
import {
  emailClaim,
  pooledStack,
  type RegistrationItem,
  slugClaim,
  type StackMappingItem,
  tokenKey,
  type TokenItem,
} from '../layer/registry.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import { enterTenant } from '../layer/tenant-context.ts';
import { transact, type TransactItems } from '../layer/transact.ts';
import { type UserError, userError } from '../layer/user-error.ts';
import { checkRegistration, tidyRegistration } from './check-registration.ts';
import { freeSlugs } from './free-slugs.ts';
import { type NewTenant, registrationItem, stackOf, tenantItem } from './registration-items.ts';
import { toRegistration } from '../layer/to-registration.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<
    Record<
      'TENANTS_TABLE' | 'REGISTRATIONS_TABLE' | 'TIERS_TABLE' | 'TENANT_STACK_MAPPING_TABLE' | 'AUDIT_LOG_TABLE',
      string
    >
  >;
  readonly clock: Clock;
  readonly createTenantId: CreateId;
  readonly createRegistrationId: CreateId;
}

/** Places in the transaction whose conditions tell one cause from another. */
const places = { token: 0, slug: 1, email: 2 };

/**
 * Takes a registration: claims slug and address, and writes tenant, registration and audit entry, all in one
 * transaction. The stream of Registrations drives the rest (functions/lifecycle). A repeated call answers the
 * registration that its token made.
 */
export function registerTenant(dependencies: Dependencies) {
  const { documents, tables, clock, createTenantId, createRegistrationId } = dependencies;

  return async ({
    arguments: { input: raw },
  }: FieldCall<MutationRegisterTenantArgs>): Promise<RegisterTenantPayload> => {
    const input = tidyRegistration(raw);
    const problems = checkRegistration(input);
    if (problems.length > 0) return refused(problems);

    const [tier, pool] = await Promise.all([readTier(input), readPool()]);
    if (!pool)
      return refused([userError('TIER_NOT_AVAILABLE', 'tier', 'Nobody can register yet: the pool is being made')]);
    const now = clock().toISOString();
    const tenant: NewTenant = {
      input,
      tenantId: createTenantId(),
      registrationId: createRegistrationId(),
      tier,
      pool,
      now,
    };
    enterTenant({ tenantId: tenant.tenantId, tier: input.tier });

    const outcome = await transact(documents, writesOf(tenant));
    if (!outcome.written)
      return outcome.refused.includes(places.token) ? answerToken(input) : answerTaken(input, outcome.refused);
    logger.info('A tenant registered');
    metrics.addMetric('TenantsRegistered', MetricUnit.Count, 1);
    return { registration: toRegistration(registrationItem(tenant)), userErrors: [] };
  };

  function writesOf(tenant: NewTenant): TransactItems {
    const { input, tenantId, registrationId } = tenant;
    const token: TokenItem = {
      registrationId: tokenKey(input.clientToken),
      names: registrationId,
      fingerprint: fingerprintOf(input),
    };
    const { companyName, slug, tier } = input;
    const audit = auditEntry(
      { actor: 'public', action: 'registerTenant', tenantId, detail: { companyName, slug, tier } },
      clock,
    );
    return [
      putNew(tables.REGISTRATIONS_TABLE, 'registrationId', { ...token }),
      putNew(tables.TENANTS_TABLE, 'tenantId', { tenantId: slugClaim(slug), owner: tenantId }),
      putNew(tables.TENANTS_TABLE, 'tenantId', {
        tenantId: emailClaim(stackOf(tenant), input.adminEmail),
        owner: tenantId,
      }),
      putNew(tables.TENANTS_TABLE, 'tenantId', { ...tenantItem(tenant) }),
      putNew(tables.REGISTRATIONS_TABLE, 'registrationId', { ...registrationItem(tenant) }),
      putNew(tables.AUDIT_LOG_TABLE, 'id', { ...audit }),
    ];
  }

  /** The token is known: either this very call again, or someone used it for something else. */
  async function answerToken(input: RegisterTenantInput): Promise<RegisterTenantPayload> {
    const token = await read<TokenItem>(tables.REGISTRATIONS_TABLE, { registrationId: tokenKey(input.clientToken) });
    if (token.fingerprint !== fingerprintOf(input)) {
      const message = 'clientToken was used for another registration; choose a new one';
      return refused([userError('CLIENT_TOKEN_REUSED', 'clientToken', message)]);
    }
    const registration = await read<RegistrationItem>(tables.REGISTRATIONS_TABLE, { registrationId: token.names });
    return { registration: toRegistration(registration), userErrors: [] };
  }

  async function answerTaken(input: RegisterTenantInput, taken: readonly number[]): Promise<RegisterTenantPayload> {
    const errors: UserError<UserErrorCode>[] = [];
    if (taken.includes(places.slug)) {
      const free = await freeSlugs({ documents, tenantsTable: tables.TENANTS_TABLE }, input.slug);
      const hint = free.length > 0 ? `; free are ${free.join(', ')}` : '';
      errors.push({ ...userError('SLUG_TAKEN', 'slug', `slug ${input.slug} is taken${hint}`), suggestions: free });
    }
    if (taken.includes(places.email)) {
      errors.push(userError('EMAIL_TAKEN', 'adminEmail', 'adminEmail already has an account; use another address'));
    }
    return refused(errors);
  }

  async function readTier({ tier }: RegisterTenantInput): Promise<TierSettings> {
    return read<TierSettings>(tables.TIERS_TABLE, { tier });
  }

  /** Undefined while the pool is not made yet. */
  async function readPool(): Promise<NewTenant['pool'] | undefined> {
    const { Item } = await documents.send(
      new GetCommand({
        TableName: tables.TENANT_STACK_MAPPING_TABLE,
        Key: { tenantId: pooledStack },
        ConsistentRead: true,
      }),
    );
    const { userPoolId, userPoolClientId } = (Item ?? {}) as Partial<StackMappingItem>;
    return userPoolId !== undefined && userPoolClientId !== undefined ? { userPoolId, userPoolClientId } : undefined;
  }

  async function read<Item>(table: string, key: Record<string, string>): Promise<Item> {
    const { Item: item } = await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    if (!item) throw new Error(`Table ${table} has no item ${JSON.stringify(key)}, expected one`);
    return item as Item;
  }
}

function putNew(table: string, key: string, item: Record<string, unknown>): TransactItems[number] {
  return { Put: { TableName: table, Item: item, ConditionExpression: `attribute_not_exists(${key})` } };
}

function fingerprintOf({ companyName, slug, adminEmail, adminName, tier }: RegisterTenantInput): string {
  return createHash('sha256')
    .update(JSON.stringify([companyName, slug, adminEmail, adminName, tier]))
    .digest('hex');
}

function refused(userErrors: UserError<UserErrorCode>[]): RegisterTenantPayload {
  return { registration: null, userErrors };
}
