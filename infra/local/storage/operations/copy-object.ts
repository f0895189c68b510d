import { AwsError } from '../../errors.ts';
import { objectArn, type StorageOperation, xmlAnswer } from '../request.ts';
import { objectHeaders, versionHeader, writeCondition } from './put-object.ts';

export const copyObject: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket, key, headers, query }) => {
    if (query.has('uploadId')) throw new AwsError('NotImplemented', 'UploadPartCopy is not here', 501);
    const [path = '', search] = String(headers['x-amz-copy-source']).split('?');
    const [, sourceBucket, sourceKey] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(path)) ?? [];
    if (sourceBucket === undefined || sourceKey === undefined)
      throw new AwsError('InvalidArgument', 'x-amz-copy-source is not /<bucket>/<key>');
    const sourceVersion = new URLSearchParams(search).get('versionId') ?? undefined;

    call.authorize(
      sourceVersion === undefined ? 's3:GetObject' : 's3:GetObjectVersion',
      objectArn(environment, sourceBucket, sourceKey),
    );
    call.authorize('s3:PutObject', objectArn(environment, bucket, key));
    const source = store.find(sourceBucket, sourceKey, sourceVersion);
    const replaced = headers['x-amz-metadata-directive'] === 'REPLACE';
    const made = await store.put(bucket, key, await store.blobs.get(source.sha256), {
      headers: replaced ? objectHeaders(headers) : source.headers,
      condition: writeCondition(headers),
    });
    const result = { ETag: `"${made.etag}"`, LastModified: new Date(made.modifiedAt) };
    return xmlAnswer('CopyObjectResult', result, versionHeader(made.versionId));
  };
