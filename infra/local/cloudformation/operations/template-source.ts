import { AwsError } from '../../errors.ts';
import type { Objects } from '../../service.ts';

export interface TemplateInput {
  readonly TemplateBody?: string;
  readonly TemplateURL?: string;
}

/** Source: CloudFormation User Guide, "CloudFormation quotas". */
const largestBody = 51_200;
const largestObject = 1_000_000;

/** The text of a request's template: from the request itself, or from S3. `undefined` if it names none. */
export async function readTemplate(
  { TemplateBody: body, TemplateURL: url }: TemplateInput,
  objects: Pick<Objects, 'read'>,
): Promise<string | undefined> {
  if (body && url) throw new AwsError('ValidationError', 'Only one of TemplateBody and TemplateURL may be given');
  if (url) {
    const { bucket, key, version } = parseObjectUrl(url);
    const bytes = await objects.read(bucket, key, version);
    if (bytes.length > largestObject) throw tooLarge('TemplateURL', bytes.length, largestObject);
    return bytes.toString('utf8');
  }
  if (body !== undefined && Buffer.byteLength(body) > largestBody)
    throw tooLarge('TemplateBody', Buffer.byteLength(body), largestBody);
  return body || undefined;
}

/** `https://bucket.s3.region.amazonaws.com/key`, and path style on AWS's host or on a local one. */
function parseObjectUrl(text: string): { bucket: string; key: string; version?: string | undefined } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const virtual = /^(.+)\.s3[.-][a-z0-9.-]*amazonaws\.com$/.exec(url?.hostname ?? '')?.[1];
  const path = decodeURIComponent(url?.pathname.slice(1) ?? '');
  const [, bucket, key] = virtual === undefined ? /^([^/]+)\/(.+)$/s.exec(path) ?? [] : ['', virtual, path];
  if (!url || !bucket || !key) throw new AwsError('ValidationError', `TemplateURL must be a supported URL: ${text}`);
  return { bucket, key, version: url.searchParams.get('versionId') ?? undefined };
}

function tooLarge(member: string, got: number, most: number): AwsError {
  return new AwsError(
    'ValidationError',
    `${member} has ${got} bytes: Member must have length less than or equal to ${most}`,
  );
}
