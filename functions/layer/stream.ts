import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchItemFailure, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logger, metrics, MetricUnit } from './telemetry.ts';

/** One item before and after a change, as plain objects; `before` is absent when it is new, `after` when it is gone. */
export interface Change {
  readonly eventId: string;
  readonly changedAt: Date;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/**
 * Handles the changes of a DynamoDB stream, one after the other. What fails is named to Lambda, which then sends the first
 * of them and all that follow again. So a change may come twice, and `handle` has to bear it. The event source mapping
 * must report batch item failures.
 * Source: AWS Lambda developer guide, "Configuring partial batch response with DynamoDB and Lambda".
 *
 * @param afterFault - `stop` where changes must keep their order; `continue` where one must not hold up the others
 */
export function handleChanges(handle: (change: Change) => Promise<void>, afterFault: 'stop' | 'continue' = 'stop') {
  return async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const batchItemFailures: DynamoDBBatchItemFailure[] = [];
    for (const record of Records) {
      if (batchItemFailures.length > 0 && afterFault === 'stop') break;
      try {
        await handle(toChange(record));
      } catch (fault) {
        logger.error('A change could not be handled; the stream sends it again', fault as Error);
        metrics.addMetric('StreamRetries', MetricUnit.Count, 1);
        batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' });
      }
    }
    return { batchItemFailures };
  };
}

function toChange({ eventID, dynamodb }: DynamoDBRecord): Change {
  return {
    eventId: eventID ?? '',
    changedAt: new Date((dynamodb?.ApproximateCreationDateTime ?? 0) * 1000),
    ...(dynamodb?.OldImage && { before: toPlain(dynamodb.OldImage) }),
    ...(dynamodb?.NewImage && { after: toPlain(dynamodb.NewImage) }),
  };
}

/** Binary values arrive in base64 here; no stream of ours carries any. */
function toPlain(image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): Record<string, unknown> {
  return unmarshall(image as Record<string, AttributeValue>);
}
