import { AwsError } from '../../../errors.ts';
import type { Principal, Tables } from '../../../service.ts';
import { badRequestObject } from '../../execution/field-failure.ts';
import type { DataSource } from '../data-source.ts';
import type { PageTokens } from '../page-tokens.ts';
import { requireObject, requireText } from '../request-object.ts';
import { batchDeleteItem } from './batch-delete-item.ts';
import { batchGetItem } from './batch-get-item.ts';
import { batchPutItem } from './batch-put-item.ts';
import { deleteItem } from './delete-item.ts';
import { describeFailure } from './failure.ts';
import { getItem } from './get-item.ts';
import type { TableAccess, TableOperation } from './operation.ts';
import { putItem } from './put-item.ts';
import { query } from './query.ts';
import { scan } from './scan.ts';
import { transactGetItems } from './transact-get-items.ts';
import { transactWriteItems } from './transact-write-items.ts';
import { updateItem } from './update-item.ts';

export interface DynamodbDataSourceOptions {
  readonly tables: Tables;
  readonly tokens: PageTokens;
  readonly tableName: string;
  /** What page tokens are bound to beside their resolver. */
  readonly tokenScope: string;
  assume(): Principal;
}

const operations: ReadonlyMap<string, TableOperation> = new Map([
  ['GetItem', getItem],
  ['PutItem', putItem],
  ['UpdateItem', updateItem],
  ['DeleteItem', deleteItem],
  ['Query', query],
  ['Scan', scan],
  ['BatchGetItem', batchGetItem],
  ['BatchPutItem', batchPutItem],
  ['BatchDeleteItem', batchDeleteItem],
  ['TransactGetItems', transactGetItems],
  ['TransactWriteItems', transactWriteItems],
]);

/**
 * AMAZON_DYNAMODB. (Sync is for versioned data sources, which this cloud does not have.)
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/js-resolver-reference-dynamodb.html
 */
export function dynamodbDataSource({
  tables,
  tokens,
  tableName,
  tokenScope,
  assume,
}: DynamodbDataSourceOptions): DataSource {
  return {
    async invoke(value, { caller }) {
      const request = requireObject(value, '');
      const name = requireText(request['operation'], 'operation');
      const operation = operations.get(name);
      if (!operation)
        throw badRequestObject(`Unsupported operation '${name}'. Supported are ${[...operations.keys()].join(', ')}.`);
      const scope = `${tokenScope}/${caller}`;
      const access: TableAccess = {
        tableName,
        call: (api, input) => tables.call(assume(), api, input),
        authorize: (api, input) => tables.authorize(assume(), api, input),
        sealToken: (key) => tokens.seal(scope, key),
        openToken: (token) => tokens.open(scope, token),
      };
      try {
        return await operation(access, request);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { result: null, error: describeFailure(error) };
      }
    },
  };
}
