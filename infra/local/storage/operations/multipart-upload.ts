import { createHash, randomBytes } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import { readPayload } from '../payload.ts';
import {
  emptyAnswer,
  objectArn,
  type StorageContext,
  type StorageOperation,
  type StorageRequest,
  xmlAnswer,
} from '../request.ts';
import type { Upload } from '../store.ts';
import { parseXml } from '../xml.ts';
import { objectHeaders, versionHeader, writeCondition } from './put-object.ts';

export const createMultipartUpload: StorageOperation =
  ({ store, environment }) =>
  async ({ call, bucket, key, headers }) => {
    call.authorize('s3:PutObject', objectArn(environment, bucket, key));
    store.bucketOf(bucket);
    const uploadId = randomBytes(24).toString('base64url');
    await store.uploads.put(uploadId, { uploadId, bucket, key, headers: objectHeaders(headers), parts: {} });
    return xmlAnswer('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: uploadId });
  };

export const uploadPart: StorageOperation = (context) => async (request) => {
  const { uploadId } = findUpload(context, request, 's3:PutObject');
  if (request.headers['x-amz-copy-source'] !== undefined)
    throw new AwsError('NotImplemented', 'UploadPartCopy is not here', 501);
  const number = Number(request.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000)
    throw new AwsError('InvalidArgument', 'partNumber is not a number from 1 to 10000');
  const { bytes, checksum } = readPayload(request.headers, request.body);
  const sha256 = await context.store.blobs.put(bytes);
  const md5 = createHash('md5').update(bytes).digest('hex');
  // Parts arrive side by side: the document is read again after the bytes are on disk.
  const upload = findUpload(context, request, 's3:PutObject');
  await context.store.uploads.put(uploadId, {
    ...upload,
    parts: { ...upload.parts, [number]: { sha256, md5, size: bytes.length } },
  });
  return emptyAnswer(200, { etag: `"${md5}"`, ...checksum });
};

/** The ETag of the whole is the MD5 of the parts' MD5s and their count. */
export const completeMultipartUpload: StorageOperation = (context) => async (request) => {
  const { store } = context;
  const { uploadId, parts, headers, bucket, key } = findUpload(context, request, 's3:PutObject');
  const named = parseXml(request.body, 'CompleteMultipartUpload').all('Part');
  let before = 0;
  const chosen = named.map((part) => {
    const number = Number(part.text('PartNumber'));
    const stored = parts[number];
    if (!stored || part.text('ETag')?.replaceAll('"', '') !== stored.md5) {
      throw new AwsError('InvalidPart', 'One or more of the specified parts could not be found.', 400, {
        PartNumber: number,
      });
    }
    if (number <= before) throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
    before = number;
    return stored;
  });
  if (chosen.length === 0) throw new AwsError('MalformedXML', 'No part is named');
  const bytes = Buffer.concat(await Promise.all(chosen.map((part) => store.blobs.get(part.sha256))));
  const digest = createHash('md5')
    .update(Buffer.concat(chosen.map((part) => Buffer.from(part.md5, 'hex'))))
    .digest('hex');
  const version = await store.put(bucket, key, bytes, {
    headers,
    etag: `${digest}-${chosen.length}`,
    condition: writeCondition(request.headers),
  });
  await store.uploads.delete(uploadId);
  return xmlAnswer(
    'CompleteMultipartUploadResult',
    { Bucket: bucket, Key: key, ETag: `"${version.etag}"` },
    versionHeader(version.versionId),
  );
};

export const abortMultipartUpload: StorageOperation = (context) => async (request) => {
  const { uploadId } = findUpload(context, request, 's3:AbortMultipartUpload');
  await context.store.uploads.delete(uploadId);
  return emptyAnswer(204);
};

function findUpload(
  { store, environment }: StorageContext,
  { call, bucket, key, query }: StorageRequest,
  action: string,
): Upload {
  call.authorize(action, objectArn(environment, bucket, key));
  const upload = store.uploads.get(query.get('uploadId') ?? '');
  if (upload?.bucket === bucket && upload.key === key) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
  );
}
