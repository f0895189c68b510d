import { type CallGraphql, GraphqlError } from '../layer/signed-graphql.ts';
import type { Change } from '../layer/stream.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import { withTenant } from '../layer/tenant-context.ts';
import { publicationOf } from './publications.ts';

export interface Dependencies {
  readonly callGraphql: CallGraphql;
}

/**
 * Publishes one change. A fault is thrown, so that the stream sends the change again (as often as its event source
 * mapping says); a change that the schema refuses is logged and left, because it would hold up all that follow it.
 */
export function publishChange({ callGraphql }: Dependencies) {
  return async (change: Change): Promise<void> => {
    const publication = publicationOf(change);
    if (!publication) return;
    const { mutation, input, tenant } = publication;
    const publish = async (): Promise<void> => {
      try {
        await callGraphql(mutation, { input });
      } catch (error) {
        if (!(error instanceof GraphqlError && error.isPermanent)) throw error;
        logger.error('The schema refuses this change; nobody is told of it', error);
        metrics.addMetric('ChangesNotPublished', MetricUnit.Count, 1);
      }
    };
    await (tenant ? withTenant(tenant, publish) : publish());
  };
}
