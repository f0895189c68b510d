import type { EventIngestion, Functions, Identity, Tables } from '../../service.ts';
import type { DataSourceRecord } from '../model.ts';
import type { DataSource } from './data-source.ts';
import { dynamodbDataSource } from './dynamodb/index.ts';
import { eventBridgeDataSource } from './event-bridge.ts';
import { lambdaDataSource } from './lambda.ts';
import { noneDataSource } from './none.ts';
import type { PageTokens } from './page-tokens.ts';
import { createRoleSessions } from './role-session.ts';

export interface DataSourceDependencies {
  readonly identity: Identity;
  readonly tables: Tables;
  readonly functions: Functions;
  readonly events: EventIngestion;
  readonly tokens: PageTokens;
}

/** Makes data sources of their records. Each acts as its own role, never as the caller. */
export function dataSourceOpener(dependencies: DataSourceDependencies): (record: DataSourceRecord) => DataSource {
  const { identity, tables, functions, events, tokens } = dependencies;
  const assume = createRoleSessions(identity);
  return (record) => {
    switch (record.type) {
      case 'NONE':
        return noneDataSource;
      case 'AMAZON_DYNAMODB':
        return dynamodbDataSource({
          tables,
          tokens,
          assume: () => assume(record.roleArn),
          tableName: record.tableName,
          tokenScope: `${record.apiId}/${record.name}`,
        });
      case 'AWS_LAMBDA':
        return lambdaDataSource(functions, () => assume(record.roleArn), record.functionArn);
      case 'AMAZON_EVENTBRIDGE':
        return eventBridgeDataSource(events, () => assume(record.roleArn), record.eventBusArn);
    }
  };
}
