import type { TableOperation } from '../../dependencies.ts';
import { objectsAt, textAt } from '../../wire.ts';
import { engineStreamArn, streamsApi } from './stream-name.ts';

export const listStreams: TableOperation = async (services, authorize, input) => {
  const { callEngine, names } = services;
  const table = textAt(input, 'TableName') === undefined ? undefined : names.tableOf(input);
  authorize({ action: 'dynamodb:ListStreams', resource: `${names.tableArn(table ?? '*')}/stream/*` });
  const after = textAt(input, 'ExclusiveStartStreamArn');
  const answer = await callEngine(streamsApi('ListStreams'), {
    ...input,
    ...(table === undefined ? {} : { TableName: table }),
    ...(after === undefined ? {} : { ExclusiveStartStreamArn: await engineStreamArn(services, after) }),
  });
  const streams = objectsAt(answer, 'Streams').filter((stream) => !names.isHidden(String(stream['TableName'])));
  return names.translate({ ...answer, Streams: streams });
};
