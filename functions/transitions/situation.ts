import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TransitionItem } from '../../schema/transition.ts';
import type { StackMappingItem, TenantItem } from '../layer/registry.ts';
import type { GateAttributes } from '../layer/usage/counts.ts';
import type { Dependencies, ReadyStack, Situation } from './dependencies.ts';

type Reader = Pick<Dependencies, 'documents' | 'tables'>;

/** Undefined where the tenant is in no transition. */
export async function readSituation(tenantId: string, reader: Reader): Promise<Situation | undefined> {
  const transition = await read<TransitionItem>(reader, reader.tables.TRANSITIONS_TABLE, tenantId);
  if (!transition) return undefined;
  const tenant = await read<TenantItem>(reader, reader.tables.TENANTS_TABLE, tenantId);
  if (!tenant) throw new Error(`Tenants has no item ${tenantId}, expected one: it is in a transition`);
  return { transition, tenant };
}

/** Undefined where there is no such stack, or none any more. */
export function readStack(stack: string, reader: Reader): Promise<StackMappingItem | undefined> {
  return read<StackMappingItem>(reader, reader.tables.TENANT_STACK_MAPPING_TABLE, stack);
}

/** Undefined where the onboarding never came to it. */
export function readGate(tenantId: string, reader: Reader): Promise<GateAttributes | undefined> {
  return read<GateAttributes>(reader, reader.tables.GATES_TABLE, tenantId);
}

/** The stack was entered into the mapping by a release that did not say where its tables are. */
export class StackNotReadyError extends Error {
  override readonly name = 'StackNotReadyError';
  constructor(readonly tenantStack: string, readonly missing: readonly string[]) {
    super(`TenantStackMapping lacks ${missing.join(', ')} of ${tenantStack}; bring the stack to a newer release`);
  }
}

/** @throws StackNotReadyError */
export async function readyStack(stack: string, reader: Reader): Promise<ReadyStack> {
  const found: Partial<StackMappingItem> = (await readStack(stack, reader)) ?? {};
  const needed = ['productsTable', 'ordersTable', 'dataRoleArn', 'userPoolId', 'userPoolClientId'] as const;
  const missing = needed.filter((name) => !found[name]);
  if (missing.length > 0) throw new StackNotReadyError(stack, missing);
  return found as ReadyStack;
}

async function read<Item>({ documents }: Reader, table: string, tenantId: string): Promise<Item | undefined> {
  const command = new GetCommand({ TableName: table, Key: { tenantId }, ConsistentRead: true });
  return (await documents.send(command)).Item as Item | undefined;
}
