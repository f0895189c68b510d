import type { Environment, JsonObject } from '../../service.ts';

/** A record as GetRecords answers it. Source: DynamoDB Streams API reference, Record. */
export interface StreamRecord {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly eventVersion?: string;
  readonly eventSource?: string;
  readonly awsRegion?: string;
  readonly dynamodb: JsonObject & { readonly SequenceNumber: string };
  readonly userIdentity?: JsonObject;
}

/** A record as a function gets it. Source: Lambda developer guide, "Using AWS Lambda with Amazon DynamoDB". */
export type EventRecord = StreamRecord & { readonly eventSourceARN: string };

/** Leaves room for what is around the records. */
const eventLimit = 6 * 1024 * 1024 - 1024;

export function toEventRecord(record: StreamRecord, streamArn: string, { region }: Environment): EventRecord {
  return { ...record, eventVersion: '1.1', eventSource: 'aws:dynamodb', awsRegion: region, eventSourceARN: streamArn };
}

export function sequenceOf(record: StreamRecord): string {
  return record.dynamodb.SequenceNumber;
}

/** Splits records, in order, into batches of so many at most that also fit into an event. */
export function splitBatches(records: readonly EventRecord[], batchSize: number): EventRecord[][] {
  const batches: EventRecord[][] = [];
  let size = 0;
  for (const record of records) {
    const bytes = Buffer.byteLength(JSON.stringify(record));
    const last = batches.at(-1);
    if (last && last.length < batchSize && size + bytes <= eventLimit) {
      last.push(record);
      size += bytes;
    } else {
      batches.push([record]);
      size = bytes;
    }
  }
  return batches;
}
