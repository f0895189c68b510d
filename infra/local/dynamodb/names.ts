import { AwsError } from '../errors.ts';
import type { Environment, JsonObject } from '../service.ts';
import { textAt, validation } from './wire.ts';

/** The engine's table that the cloud keeps its own state in: to clients it does not exist. */
const hiddenTable = 'local-cloud-state';

/** Names and ARNs of tables, and what the engine calls them. */
export interface TableNames {
  /** The table of a request, given as a name or an ARN. Throws AwsError for one that clients cannot reach. */
  tableOf(input: JsonObject): string;
  resolve(nameOrArn: string): string;
  tableArn(table: string): string;
  indexArn(table: string, index: string): string;
  isHidden(table: string): boolean;
  /** The table and label of a stream's ARN. */
  streamOf(arn: string): { readonly table: string; readonly label: string };
  /** An engine's answer about tables, with the ARNs of this account and region. */
  translate<Answer>(answer: Answer): Answer;
}

/** How dynoxide and DynamoDB Local begin their ARNs. */
const engineArn = /arn:aws:(dynamodb|kms):(?:dynoxide|ddblocal):\d{12}:/g;

export function createTableNames({ partition, region, accountId }: Environment): TableNames {
  const prefix = `arn:${partition}:dynamodb:${region}:${accountId}:table/`;
  const visible = (table: string): string => {
    if (table !== hiddenTable) return table;
    throw new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${table} not found`);
  };
  const resolve = (nameOrArn: string): string => {
    if (!nameOrArn.startsWith('arn:')) return visible(nameOrArn);
    const [table = '', rest] = nameOrArn.slice(prefix.length).split('/');
    if (nameOrArn.startsWith(prefix) && rest === undefined) return visible(table);
    throw validation(`${nameOrArn} is no table of this account and region: expected ${prefix}<name>`);
  };

  return {
    resolve,
    tableOf(input) {
      const given = textAt(input, 'TableName');
      if (given) return resolve(given);
      throw validation("The parameter 'TableName' is required but was not present in the request");
    },
    tableArn: (table) => `${prefix}${table}`,
    indexArn: (table, index) => `${prefix}${table}/index/${index}`,
    isHidden: (table) => table === hiddenTable,
    streamOf(arn) {
      const [table = '', stream, label = ''] = arn.startsWith(prefix) ? arn.slice(prefix.length).split('/') : [];
      if (stream !== 'stream' || label === '') throw validation(`Invalid StreamArn: ${arn}`);
      return { table: visible(table), label };
    },
    translate<Answer>(answer: Answer): Answer {
      const text = JSON.stringify(answer).replace(
        engineArn,
        (_arn, service: string) => `arn:${partition}:${service}:${region}:${accountId}:`,
      );
      return JSON.parse(text) as Answer;
    },
  };
}
