import { AwsError } from '../../errors.ts';
import { bucketArn, type StorageOperation, type StorageRequest, xmlAnswer } from '../request.ts';

export const listObjectsV2: StorageOperation =
  ({ store, environment }) =>
  (request) => {
    const { call, bucket, query } = request;
    const { prefix, delimiter, limit, encode } = listOptions(request);
    call.authorize('s3:ListBucket', bucketArn(environment, bucket), { 's3:prefix': prefix });
    const token = query.get('continuation-token') ?? undefined;
    const after =
      token === undefined ? query.get('start-after') ?? '' : Buffer.from(token, 'base64url').toString('utf8');

    const Contents: object[] = [];
    const prefixes = new Set<string>();
    let last = '';
    let truncated = false;
    for (const { key, versions } of store.list(bucket, prefix)) {
      const [current] = versions;
      if (!current || current.deleted) continue;
      const common = commonPrefix(key, prefix, delimiter);
      const name = common ?? key;
      if (Buffer.compare(Buffer.from(name), Buffer.from(after)) <= 0 || (common !== undefined && prefixes.has(common)))
        continue;
      if (Contents.length + prefixes.size === limit) {
        truncated = true;
        break;
      }
      last = name;
      if (common !== undefined) prefixes.add(common);
      else {
        const LastModified = new Date(current.modifiedAt);
        Contents.push({
          Key: encode(key),
          LastModified,
          ETag: `"${current.etag}"`,
          Size: current.size,
          StorageClass: 'STANDARD',
        });
      }
    }
    return xmlAnswer('ListBucketResult', {
      Name: bucket,
      Prefix: encode(prefix),
      Delimiter: delimiter,
      MaxKeys: limit,
      EncodingType: query.get('encoding-type'),
      KeyCount: Contents.length + prefixes.size,
      IsTruncated: truncated,
      ContinuationToken: token,
      NextContinuationToken: truncated ? Buffer.from(last).toString('base64url') : undefined,
      Contents,
      CommonPrefixes: [...prefixes].map((Prefix) => ({ Prefix: encode(Prefix) })),
    });
  };

export const listObjectVersions: StorageOperation =
  ({ store, environment }) =>
  (request) => {
    const { call, bucket, query } = request;
    const { prefix, delimiter, limit, encode } = listOptions(request);
    if (delimiter !== undefined)
      throw new AwsError('NotImplemented', 'ListObjectVersions takes no delimiter here', 501);
    call.authorize('s3:ListBucketVersions', bucketArn(environment, bucket), { 's3:prefix': prefix });
    const marker = [query.get('key-marker') ?? '', query.get('version-id-marker') ?? ''] as const;

    const all = store
      .list(bucket, prefix)
      .flatMap(({ key, versions }) => versions.map((version, index) => ({ key, version, IsLatest: index === 0 })));
    const from = marker[0] === '' ? 0 : afterMarker(all, marker);
    const page = all.slice(from, from + limit);
    const truncated = from + limit < all.length;
    const describe = ({ key, version, IsLatest }: (typeof all)[number]) => {
      const common = {
        Key: encode(key),
        VersionId: version.versionId,
        IsLatest,
        LastModified: new Date(version.modifiedAt),
      };
      return version.deleted
        ? common
        : { ...common, ETag: `"${version.etag}"`, Size: version.size, StorageClass: 'STANDARD' };
    };
    return xmlAnswer('ListVersionsResult', {
      Name: bucket,
      Prefix: encode(prefix),
      MaxKeys: limit,
      EncodingType: query.get('encoding-type'),
      IsTruncated: truncated,
      NextKeyMarker: truncated ? encode(page.at(-1)?.key ?? '') : undefined,
      NextVersionIdMarker: truncated ? page.at(-1)?.version.versionId : undefined,
      Version: page.filter(({ version }) => !version.deleted).map(describe),
      DeleteMarker: page.filter(({ version }) => version.deleted).map(describe),
    });
  };

function afterMarker(
  all: readonly { key: string; version: { versionId: string } }[],
  [key, versionId]: readonly [string, string],
): number {
  const exact = all.findIndex((item) => item.key === key && item.version.versionId === versionId);
  if (exact >= 0) return exact + 1;
  const later = all.findIndex((item) => Buffer.compare(Buffer.from(item.key), Buffer.from(key)) > 0);
  return later < 0 ? all.length : later;
}

function listOptions({ query }: StorageRequest) {
  const maximum = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(maximum) || maximum < 0)
    throw new AwsError('InvalidArgument', `max-keys is ${query.get('max-keys')}, expected a number`);
  const asUrl = query.get('encoding-type') === 'url';
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') || undefined,
    limit: Math.min(maximum, 1000),
    encode: (key: string) => (asUrl ? encodeURIComponent(key).replaceAll('%2F', '/') : key),
  };
}

function commonPrefix(key: string, prefix: string, delimiter: string | undefined): string | undefined {
  const at = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + (delimiter as string).length);
}
