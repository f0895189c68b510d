import type { JsonObject } from '../../../service.ts';
import type { TableOperation } from '../../dependencies.ts';
import { objectsAt, omit, requiredObject, textAt } from '../../wire.ts';
import { engineStreamArn, streamsApi } from './stream-name.ts';

export const describeStream: TableOperation = async (services, authorize, input) => {
  const { callEngine, names } = services;
  const streamArn = textAt(input, 'StreamArn') ?? '';
  names.streamOf(streamArn);
  authorize({ action: 'dynamodb:DescribeStream', resource: streamArn });
  const answer = await callEngine(streamsApi('DescribeStream'), {
    ...input,
    StreamArn: await engineStreamArn(services, streamArn),
  });
  const description = requiredObject(answer, 'StreamDescription');
  return names.translate({ StreamDescription: { ...description, Shards: shardsOf(description) } });
};

/** The engine gives every shard an end; one that may still grow has none. */
function shardsOf(description: JsonObject): JsonObject[] {
  const shards = objectsAt(description, 'Shards');
  if (description['StreamStatus'] !== 'ENABLED') return shards;
  return shards.map((shard, index) => {
    if (index < shards.length - 1) return shard;
    const range = requiredObject(shard, 'SequenceNumberRange');
    return { ...shard, SequenceNumberRange: omit(range, 'EndingSequenceNumber') };
  });
}
