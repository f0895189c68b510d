import type { TableOperation } from '../../dependencies.ts';
import { textAt } from '../../wire.ts';
import { wrapIterator } from './iterators.ts';
import { engineStreamArn, streamsApi } from './stream-name.ts';

export const getShardIterator: TableOperation = async (services, authorize, input) => {
  const streamArn = textAt(input, 'StreamArn') ?? '';
  services.names.streamOf(streamArn);
  authorize({ action: 'dynamodb:GetShardIterator', resource: streamArn });
  const answer = await services.callEngine(streamsApi('GetShardIterator'), {
    ...input,
    StreamArn: await engineStreamArn(services, streamArn),
  });
  return { ShardIterator: wrapIterator(streamArn, String(answer['ShardIterator'])) };
};
