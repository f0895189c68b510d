import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { StackMappingItem } from '../../layer/registry.ts';
import type { DoStep } from '../work.ts';

/** The template's own registration did not arrive where routing looks for it. */
export class NotRegisteredError extends Error {
  override readonly name = 'NotRegisteredError';
  constructor(readonly tenantId: string) {
    super(
      `The mapping's row of ${tenantId} does not say where the stack is, expected its template to have written that`,
    );
  }
}

/** Routing knows where the stack is. That the stack is active and free is written with the run's success. */
export const register: DoStep = async ({ services, run: { tenantId } }) => {
  const { documents, tables } = services;
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.TENANT_STACK_MAPPING_TABLE, Key: { tenantId }, ConsistentRead: true }),
  );
  const { apiId, graphqlUrl, userPoolId, userPoolClientId } = (Item ?? {}) as Partial<StackMappingItem>;
  if (!apiId || !graphqlUrl || !userPoolId || !userPoolClientId) throw new NotRegisteredError(tenantId);
  return `${graphqlUrl}`;
};
