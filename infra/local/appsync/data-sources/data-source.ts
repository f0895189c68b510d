import type { Json } from '../../service.ts';
import type { BatchQueue } from '../execution/batch-queue.ts';
import type { FieldError } from '../model.ts';

/** What a data source needs to know of who asks. */
export interface DataSourceCall {
  /** The resolver, and the function of it, that asks. */
  readonly caller: string;
  /** Of the resolver or function; 0 where it names none. */
  readonly maxBatchSize: number;
  readonly batches: BatchQueue;
}

/** An error is for the response handler to judge; it may come with a result. */
export interface DataSourceAnswer {
  readonly result: Json;
  readonly error?: Pick<FieldError, 'message' | 'type'>;
}

export interface DataSource {
  /** @throws FieldFailure if the request object is not one that this data source takes */
  invoke(request: Json, call: DataSourceCall): Promise<DataSourceAnswer>;
}
