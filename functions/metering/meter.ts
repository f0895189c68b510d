import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../layer/clock.ts';
import { readItems } from '../layer/read-items.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import type { GateAttributes } from '../layer/usage/counts.ts';
import { takeOverCounts } from '../layer/usage/take-over-counts.ts';
import { forgetDisabled } from './forget-disabled.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Readonly<Record<'TENANTS_TABLE' | 'TENANT_USERS_TABLE' | 'GATES_TABLE' | 'USAGE_TABLE', string>>;
  readonly clock: Clock;
}

/** Gates that are taken over at the same time. */
const width = 10;

type StoredGate = GateAttributes & { readonly tenantId: string; readonly blockedUsers?: ReadonlySet<string> };

/** Some gates could not be seen to; the next run does. */
export class MeteringError extends Error {
  override readonly name = 'MeteringError';
  constructor(readonly tenantIds: readonly string[], cause: unknown) {
    super(`The gates of ${tenantIds.length} tenants were not seen to, of ${tenantIds[0] ?? ''} for one`, { cause });
  }
}

/**
 * One run of the meter: takes every tenant's counts over from its gate, and out of it who is disabled for long enough. Tenants come from the registry's index, so a new one
 * may be seen by the next run only; its gate keeps the counts. One tenant's failure does not hold up the others.
 *
 * @throws MeteringError when all others are done
 */
export function meter({ documents, tables, clock }: Dependencies) {
  const takeOver = takeOverCounts({ documents, tables, clock });
  const forget = forgetDisabled({ documents, tables, clock });
  const seeTo = async (gate: StoredGate): Promise<void> => {
    await takeOver(gate.tenantId, gate);
    await forget(gate.tenantId, gate.blockedUsers);
  };

  return async (): Promise<void> => {
    const failures = new Map<string, unknown>();
    let gateCount = 0;
    for await (const tenantIds of tenantsByPage()) {
      const keys = tenantIds.map((tenantId) => ({ tenantId }));
      const gates = await readItems<StoredGate>(documents, tables.GATES_TABLE, keys);
      gateCount += gates.length;
      for (let first = 0; first < gates.length; first += width) {
        const together = gates.slice(first, first + width);
        await Promise.all(
          together.map((gate) => seeTo(gate).catch((fault: unknown) => failures.set(gate.tenantId, fault))),
        );
      }
    }
    logger.info('Usage was metered', { gates: gateCount, failed: failures.size });
    metrics.addMetric('MeteredGates', MetricUnit.Count, gateCount - failures.size);
    if (failures.size > 0) throw new MeteringError([...failures.keys()], [...failures.values()][0]);
  };

  async function* tenantsByPage(): AsyncGenerator<string[]> {
    const pages = paginateQuery(
      { client: documents },
      {
        TableName: tables.TENANTS_TABLE,
        IndexName: 'slug',
        KeyConditionExpression: 'listing = :tenant',
        ExpressionAttributeValues: { ':tenant': 'TENANT' },
        ProjectionExpression: 'tenantId',
      },
    );
    for await (const { Items = [] } of pages) yield Items.map(({ tenantId }) => String(tenantId));
  }
}
