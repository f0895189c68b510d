import { AwsError } from '../../errors.ts';
import { readPayload } from '../payload.ts';
import { emptyAnswer, objectArn, type StorageContext, type StorageOperation, type StorageRequest } from '../request.ts';
import type { ObjectHeaders } from '../store.ts';

const kept =
  /^(content-type|content-encoding|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

export const putObject: StorageOperation = (context) => async (request) => {
  const { call, bucket, key, body, headers } = request;
  call.authorize('s3:PutObject', objectArn(context.environment, bucket, key));
  requireAbsentIfAsked(context, request);
  const { bytes, checksum } = readPayload(headers, body);
  const version = await context.store.put(bucket, key, bytes, { ...objectHeaders(headers), ...checksum });
  return emptyAnswer(200, {
    etag: `"${version.etag}"`,
    ...checksum,
    ...versionHeader(version.versionId),
    'x-amz-server-side-encryption': 'AES256',
  });
};

/** What of a request's headers is stored with the object. */
export function objectHeaders(headers: StorageRequest['headers']): ObjectHeaders {
  const result: Record<string, string> = { 'content-type': 'application/octet-stream' };
  for (const [name, value] of Object.entries(headers)) {
    if (kept.test(name) && typeof value === 'string') result[name] = value;
  }
  const encoding = result['content-encoding']
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked')
    .join(',');
  delete result['content-encoding'];
  return encoding ? { ...result, 'content-encoding': encoding } : result;
}

export function versionHeader(versionId: string): Record<string, string> {
  return versionId === 'null' ? {} : { 'x-amz-version-id': versionId };
}

/** `If-None-Match: *`: the write happens only if there is no such object. */
function requireAbsentIfAsked({ store }: StorageContext, { headers, bucket, key }: StorageRequest): void {
  if (headers['if-none-match'] !== '*') return;
  try {
    store.find(bucket, key);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'NoSuchKey') return;
    throw error;
  }
  throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
    Condition: 'If-None-Match',
  });
}
