import { AwsError } from '../../errors.ts';
import { readPayload } from '../payload.ts';
import { emptyAnswer, objectArn, type StorageOperation, type StorageRequest } from '../request.ts';
import type { ObjectHeaders, WriteCondition } from '../store.ts';

const kept =
  /^(content-type|content-encoding|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

export const putObject: StorageOperation = (context) => async (request) => {
  const { call, bucket, key, body, headers } = request;
  call.authorize('s3:PutObject', objectArn(context.environment, bucket, key));
  const { bytes, checksum } = readPayload(headers, body);
  const version = await context.store.put(bucket, key, bytes, {
    headers: { ...objectHeaders(headers), ...checksum },
    condition: writeCondition(headers),
  });
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

/** `If-None-Match: *`, only if there is no such object; `If-Match`, only over that one. Others are refused by name. */
export function writeCondition(headers: StorageRequest['headers']): WriteCondition | undefined {
  const { 'if-none-match': absent, 'if-match': etag } = headers;
  if (absent !== undefined && absent !== '*')
    throw new AwsError('NotImplemented', `If-None-Match of a write is ${absent}, expected *`, 501);
  if (absent !== undefined) return { absent: true };
  return etag === undefined ? undefined : { etag: etag.replaceAll('"', '') };
}
