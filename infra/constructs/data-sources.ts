import { CfnDataSource, type IGraphqlApi } from 'aws-cdk-lib/aws-appsync';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { allow } from './plane-function.ts';

/** Actions on items. Scan is none of them: what reads all of a table reads all tenants. */
export type TableAction =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'Query'
  | 'BatchGetItem'
  | 'BatchWriteItem';

/** What a data source may do to one table: actions without their `dynamodb:`. */
export interface TableAccess {
  readonly table: ITable;
  readonly actions: readonly TableAction[];
  /** Indexes that it may query. */
  readonly indexes?: readonly string[];
  /** What partition keys look like that it may name, `*` for any characters; absent where it may name all. Indexes have keys of their own. */
  readonly keys?: string;
}

/**
 * What a step can be attached to. `table`: AppSync's DynamoDB data source, on the first table named; the others are for its
 * transactions. `function`: a Lambda. `none`: no data source at all.
 */
export type DataSourceSpecification =
  | { readonly kind: 'none' }
  | { readonly kind: 'table'; readonly access: readonly [TableAccess, ...TableAccess[]] }
  | { readonly kind: 'function'; readonly function: IFunction };

/** An AppSync data source with a role of its own that allows exactly what is listed. */
export class PlaneDataSource extends Construct {
  readonly dataSource: CfnDataSource;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly api: IGraphqlApi; readonly specification: DataSourceSpecification },
  ) {
    super(scope, id);
    const { api, specification } = props;
    const common = { apiId: api.apiId, name: id };
    if (specification.kind === 'none') {
      this.dataSource = new CfnDataSource(this, 'Resource', { ...common, type: 'NONE' });
      return;
    }
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    for (const statement of statements(specification)) role.addToPolicy(statement);
    this.dataSource = new CfnDataSource(this, 'Resource', {
      ...common,
      serviceRoleArn: role.roleArn,
      ...(specification.kind === 'function'
        ? { type: 'AWS_LAMBDA', lambdaConfig: { lambdaFunctionArn: specification.function.functionArn } }
        : {
            type: 'AMAZON_DYNAMODB',
            dynamoDbConfig: { tableName: specification.access[0].table.tableName, awsRegion: Stack.of(this).region },
          }),
    });
    // Nothing may call through a data source before its role allows it.
    this.dataSource.node.addDependency(role);
  }
}

function statements(specification: Exclude<DataSourceSpecification, { kind: 'none' }>): PolicyStatement[] {
  if (specification.kind === 'function')
    return [allow(['lambda:InvokeFunction'], [specification.function.functionArn])];
  return specification.access.flatMap((access) => tableStatements(access));
}

/** The statements for one table: item actions on the table, queries of an index on that index alone. */
export function tableStatements({ table, actions, indexes = [], keys }: TableAccess): PolicyStatement[] {
  const names = actions.map((action) => `dynamodb:${action}`);
  const onIndexes = indexes.map((index) => `${table.tableArn}/index/${index}`);
  const onKeys = keys === undefined ? undefined : leadingKeys(keys);
  return [
    allow(names, [table.tableArn], onKeys),
    ...(onIndexes.length > 0 ? [allow(['dynamodb:Query'], onIndexes)] : []),
  ];
}

/**
 * Holds for requests that name partition keys of that kind and no others. A condition on all values of a key is true of a request that has no
 * such key, so there has to be one.
 * Source: DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control".
 */
function leadingKeys(keys: string) {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [keys] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}
