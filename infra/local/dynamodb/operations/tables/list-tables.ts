import type { TableOperation } from '../../dependencies.ts';
import { textAt, validation } from '../../wire.ts';

const longestPage = 100;

/** All names are read and paged here, so that the cloud's own table leaves no gap. */
export const listTables: TableOperation = async ({ callEngine, names }, authorize, input) => {
  authorize({ action: 'dynamodb:ListTables', resource: '*' });
  const limit = input['Limit'] ?? longestPage;
  if (typeof limit !== 'number' || limit < 1 || limit > longestPage) {
    throw validation(`Limit is ${JSON.stringify(limit)}: expected 1 to ${longestPage}`);
  }
  const after = textAt(input, 'ExclusiveStartTableName') ?? '';
  const tables: string[] = [];
  let start: string | undefined;
  do {
    const page = await callEngine('ListTables', start === undefined ? {} : { ExclusiveStartTableName: start });
    tables.push(...(page['TableNames'] as string[]));
    start = textAt(page, 'LastEvaluatedTableName');
  } while (start !== undefined);

  const rest = tables.filter((table) => !names.isHidden(table) && table > after).sort();
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { TableNames: page, ...(rest.length > page.length && last ? { LastEvaluatedTableName: last } : {}) };
};
