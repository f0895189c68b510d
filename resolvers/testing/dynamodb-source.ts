import { dynamodbDataSource } from '../../infra/local/appsync/data-sources/dynamodb/index.ts';
import type { DataSource, DataSourceAnswer } from '../../infra/local/appsync/data-sources/data-source.ts';
import type { PageTokens } from '../../infra/local/appsync/data-sources/page-tokens.ts';
import { callEngine } from '../../infra/local/dynamodb/engine-client.ts';
import type { Json, JsonObject, Tables } from '../../infra/local/service.ts';

export type Answer = DataSourceAnswer;

const accountId = '000000000000';
/** Nobody is refused here: what roles may do is tested where they are made. */
const anyone = { accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId };
const tokens: PageTokens = {
  seal: (_scope, key) => Buffer.from(JSON.stringify(key)).toString('base64url'),
  open: (_scope, token) => JSON.parse(Buffer.from(token, 'base64url').toString()) as JsonObject,
  ready: () => Promise.resolve(),
};
const unused = {
  caller: 'test',
  maxBatchSize: 0,
  batches: {
    add: () => Promise.reject(new Error('A DynamoDB data source has no batches of calls')),
  },
};

/**
 * Sends a step's request to a real DynamoDB engine by the local cloud's own data source, so that conditions and transactions are the
 * engine's, and what AppSync makes of a request and of an answer is what the system does.
 */
export function dynamodbSources(endpoint: string): (tableName: string, request: Json) => Promise<Answer> {
  const tables: Tables = {
    call: (_principal, operation, input) => callEngine(endpoint, operation, input),
    authorize: () => Promise.resolve(),
    streams: { onWrite: () => () => undefined },
  };
  const sources = new Map<string, DataSource>();
  return (tableName, request) => {
    const known = sources.get(tableName);
    const source =
      known ?? dynamodbDataSource({ tables, tokens, tableName, tokenScope: tableName, assume: () => anyone });
    sources.set(tableName, source);
    return source.invoke(request, unused);
  };
}
