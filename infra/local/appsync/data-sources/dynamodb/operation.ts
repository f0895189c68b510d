import type { JsonObject } from '../../../service.ts';
import type { DataSourceAnswer } from '../data-source.ts';

/** What an operation of the DynamoDB data source works with. */
export interface TableAccess {
  readonly tableName: string;
  /** One call of DynamoDB's API, as the data source's role. @throws AwsError */
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  /** Whether the role may make a call, without making it. @throws AwsError */
  authorize(operation: string, input: JsonObject): Promise<void>;
  sealToken(key: JsonObject): string;
  /** @throws FieldFailure */
  openToken(token: string): JsonObject;
}

/** Takes the request object of a handler. @throws AwsError of DynamoDB's, FieldFailure if the object is wrong */
export type TableOperation = (access: TableAccess, request: JsonObject) => Promise<DataSourceAnswer>;
