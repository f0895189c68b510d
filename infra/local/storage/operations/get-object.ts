import { AwsError } from '../../errors.ts';
import type { ApiResponse } from '../../service.ts';
import { objectArn, type StorageContext, type StorageOperation, type StorageRequest } from '../request.ts';
import type { ObjectVersion } from '../store.ts';
import { versionHeader } from './put-object.ts';

export const getObject: StorageOperation = (context) => async (request) => {
  const version = find(context, request);
  if (request.headers['if-none-match'] === `"${version.etag}"`)
    return { status: 304, headers: { etag: `"${version.etag}"` } };
  const bytes = await context.store.blobs.get(version.sha256);
  const range = parseRange(request.headers.range, bytes.length);
  if (!range) return { status: 200, headers: describe(version, request, bytes.length), body: bytes };
  const part = bytes.subarray(range.first, range.last + 1);
  const { ...headers } = describe(version, request, part.length, true);
  headers['content-range'] = `bytes ${range.first}-${range.last}/${bytes.length}`;
  return { status: 206, headers, body: part };
};

export const headObject: StorageOperation =
  (context) =>
  (request): ApiResponse => {
    const version = find(context, request);
    return { status: 200, headers: describe(version, request, version.size) };
  };

function find(
  { store, environment }: StorageContext,
  { call, bucket, key, query, headers }: StorageRequest,
): ObjectVersion {
  const versionId = query.get('versionId') ?? undefined;
  call.authorize(versionId === undefined ? 's3:GetObject' : 's3:GetObjectVersion', objectArn(environment, bucket, key));
  const version = store.find(bucket, key, versionId);
  const wanted = headers['if-match'];
  if (wanted !== undefined && wanted !== '*' && wanted.replaceAll('"', '') !== version.etag) {
    throw new AwsError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', 412, {
      Condition: 'If-Match',
    });
  }
  return version;
}

function describe(
  version: ObjectVersion,
  request: StorageRequest,
  length: number,
  partial = false,
): Record<string, string> {
  const withChecksum = request.headers['x-amz-checksum-mode'] === 'ENABLED' && !partial;
  const stored = Object.entries(version.headers).filter(
    ([name]) => withChecksum || !name.startsWith('x-amz-checksum-'),
  );
  return {
    ...Object.fromEntries(stored),
    ...versionHeader(version.versionId),
    'content-length': String(length),
    'last-modified': new Date(version.modifiedAt).toUTCString(),
    etag: `"${version.etag}"`,
    'accept-ranges': 'bytes',
    'x-amz-server-side-encryption': 'AES256',
  };
}

/** One range of bytes; S3 takes no more than one. Source: RFC 9110, section 14. */
function parseRange(header: string | undefined, size: number): { first: number; last: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const first = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (first >= size || first > last)
    throw new AwsError('InvalidRange', 'The requested range is not satisfiable', 416, { ActualObjectSize: size });
  return { first, last };
}
