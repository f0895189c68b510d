import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { RegistrationStepName, TenantStatus } from '../../generated/control-plane.ts';
import type { Clock } from '../layer/clock.ts';
import type { CreateId } from '../layer/ids.ts';
import type { RunTables } from '../layer/runs/new-run.ts';
import type { RegistrationItem, StepItem, TenantItem } from '../layer/registry.ts';
import type { TransactItems } from '../layer/transact.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly cognito: CognitoIdentityProviderClient;
  readonly tables: RunTables &
    Readonly<
      Record<'TENANTS_TABLE' | 'REGISTRATIONS_TABLE' | 'TENANT_USERS_TABLE' | 'GATES_TABLE' | 'AUDIT_LOG_TABLE', string>
    >;
  readonly clock: Clock;
  readonly createRunId: CreateId;
  readonly region: string;
}

/** A registration that is under way, and its tenant, as they were read together. */
export interface Onboarding {
  readonly registration: RegistrationItem;
  readonly tenant: TenantItem;
}

/**
 * Does one step's part outside our tables, in a way that bears repeating, and answers what is to be written in the
 * transaction that records its success: so what it writes is there exactly once, however often it runs. `waiting` where
 * something else has to happen first, whose own stream drives the registration on.
 */
export type Step = (onboarding: Onboarding, dependencies: Dependencies) => Promise<TransactItems | typeof waiting>;

export const waiting = 'WAITING';

export type DrivenStepName = Exclude<RegistrationStepName, 'CLAIM_SLUG'>;

/** Whether nothing remains to be done. */
export function isSettled(status: TenantStatus): boolean {
  return status !== 'REQUESTED' && status !== 'PROVISIONING';
}

/** The step to run now, with its place; undefined when all are done. */
export function currentStep({
  steps,
}: RegistrationItem): { readonly step: StepItem; readonly place: number } | undefined {
  const place = steps.findIndex(({ status }) => status !== 'SUCCEEDED');
  const step = steps[place];
  return step && { step, place };
}

export async function readOnboarding(registrationId: string, { documents, tables }: Dependencies): Promise<Onboarding> {
  const registration = await readItem<RegistrationItem>(documents, tables.REGISTRATIONS_TABLE, { registrationId });
  const tenant = await readItem<TenantItem>(documents, tables.TENANTS_TABLE, { tenantId: registration.tenantId });
  return { registration, tenant };
}

export async function readItem<Item>(
  documents: DynamoDBDocumentClient,
  table: string,
  key: Record<string, string>,
): Promise<Item> {
  const { Item: item } = await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
  if (!item) throw new Error(`Table ${table} has no item ${JSON.stringify(key)}, expected one`);
  return item as Item;
}

/** The tenant has no user pool, though the step that finds it is done. */
export class NoUserPoolError extends Error {
  override readonly name = 'NoUserPoolError';
  constructor(readonly tenantId: string) {
    super(`Tenant ${tenantId} has no userPoolId in the registry, expected that of its stack`);
  }
}

export function userPoolOf({ tenantId, userPoolId }: TenantItem): string {
  if (!userPoolId) throw new NoUserPoolError(tenantId);
  return userPoolId;
}
