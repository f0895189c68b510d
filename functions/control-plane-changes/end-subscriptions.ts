import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBDocumentClient } from '../layer/documents.ts';
import type { StackMappingItem, TenantItem } from '../layer/registry.ts';
import { type CallGraphql, GraphqlError } from '../layer/signed-graphql.ts';
import type { Change } from '../layer/stream.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import { withTenant } from '../layer/tenant-context.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tenantsTable: string;
  readonly mappingTable: string;
  /** Calls the API at this URL. */
  callGraphqlAt(url: string): CallGraphql;
}

/** Whose live subscriptions end: a tenant's, or one user's. */
interface Ending {
  readonly tenantId: string;
  readonly userId?: string;
  /** The tenant stack, where the change itself names it. */
  readonly stack?: string;
}

const mutation = `mutation EndSubscriptions($input: EndSubscriptionsInput!) {
  endSubscriptions(input: $input) { tenantId userId }
}`;

/**
 * Ends what is live in a tenant's own stack when the tenant is not ACTIVE any more, has moved, or one of its users may not go on: a
 * subscription is authorized when it starts and not again. A fault is thrown, so that the stream sends the change again.
 */
export function endSubscriptions({ documents, tenantsTable, mappingTable, callGraphqlAt }: Dependencies) {
  const read = async (TableName: string, tenantId: string) =>
    (await documents.send(new GetCommand({ TableName, Key: { tenantId } }))).Item;

  return async (change: Change): Promise<void> => {
    const ending = endingOf(change);
    if (!ending) return;
    const { tenantId, userId = null } = ending;
    await withTenant({ tenantId }, async () => {
      const stack = ending.stack ?? ((await read(tenantsTable, tenantId)) as TenantItem | undefined)?.stack;
      const mapping = stack && ((await read(mappingTable, stack)) as StackMappingItem | undefined);
      // A stack that is not made yet, or gone, has no subscribers.
      if (!mapping || !mapping.graphqlUrl) return;
      try {
        await callGraphqlAt(mapping.graphqlUrl)(mutation, { input: { tenantId, userId } });
      } catch (error) {
        if (!(error instanceof GraphqlError && error.isPermanent)) throw error;
        logger.error('The tenant stack has no way to end subscriptions; those that are live go on', error);
        metrics.addMetric('SubscriptionsNotEnded', MetricUnit.Count, 1);
      }
    });
  };
}

function endingOf({ before, after }: Change): Ending | undefined {
  if (!before) return undefined;
  const tenantId = String(before['tenantId']);
  if (before['listing'] === 'TENANT') {
    const goesOn = after?.['status'] === 'ACTIVE' && after['stack'] === before['stack'];
    return before['status'] === 'ACTIVE' && !goesOn ? { tenantId, stack: String(before['stack']) } : undefined;
  }
  if (typeof before['userId'] !== 'string' || typeof before['role'] !== 'string') return undefined;
  const goesOn = after && (after['status'] !== 'DISABLED' || before['status'] === 'DISABLED');
  return goesOn ? undefined : { tenantId, userId: before['userId'] };
}
