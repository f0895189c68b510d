import type { TableOperation } from '../../dependencies.ts';
import { objectsAt, textAt } from '../../wire.ts';
import { unwrapIterator, wrapIterator } from './iterators.ts';
import { streamsApi } from './stream-name.ts';

export const getRecords: TableOperation = async ({ callEngine, names, environment }, authorize, input) => {
  const { streamArn, iterator } = unwrapIterator(textAt(input, 'ShardIterator') ?? '');
  names.streamOf(streamArn);
  authorize({ action: 'dynamodb:GetRecords', resource: streamArn });
  const answer = await callEngine(streamsApi('GetRecords'), { ...input, ShardIterator: iterator });
  const next = textAt(answer, 'NextShardIterator');
  return {
    Records: objectsAt(answer, 'Records').map((record) => ({ ...record, awsRegion: environment.region })),
    ...(next === undefined ? {} : { NextShardIterator: wrapIterator(streamArn, next) }),
  };
};
