import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { tenantTag } from '../../schema/tenant-tag.ts';
import { type Clock, systemClock } from './clock.ts';
import { createDocuments, type DynamoDBDocumentClient } from './documents.ts';

/** Seconds, the shortest that STS gives: a session is for one piece of work. */
const lifetime = 900;
/** Milliseconds before its end at which a session is replaced. */
const margin = 5 * 60 * 1000;

export interface TenantSessions {
  readonly sts: Pick<STSClient, 'send'>;
  readonly clock?: Clock;
}

/** A role can be assumed, but STS answered without credentials. */
export class NoCredentialsError extends Error {
  override readonly name = 'NoCredentialsError';
  constructor(readonly roleArn: string) {
    super(`STS answered no credentials for ${roleArn}`);
  }
}

/**
 * Where functions get access to one tenant's rows: a client whose credentials are a session of a data role, tagged with the tenant.
 * The role's own policy lets it reach the partitions of that tenant and nothing else, whatever the code asks for.
 *
 * Source: IAM user guide, "Pass session tags in AWS STS".
 *
 * @example const documents = await tenantSessions({ sts })(dataRoleArn, tenantId);
 */
export function tenantSessions({ sts, clock = systemClock }: TenantSessions) {
  const kept = new Map<string, { readonly documents: DynamoDBDocumentClient; readonly until: number }>();
  return async (roleArn: string, tenantId: string): Promise<DynamoDBDocumentClient> => {
    const name = `${roleArn} ${tenantId}`;
    const known = kept.get(name);
    if (known && clock().getTime() < known.until) return known.documents;
    const documents = await openSession(sts, roleArn, tenantId);
    kept.set(name, { documents, until: clock().getTime() + lifetime * 1000 - margin });
    return documents;
  };
}

async function openSession(sts: TenantSessions['sts'], roleArn: string, tenantId: string) {
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: `tenant-${tenantId}`,
      DurationSeconds: lifetime,
      Tags: [{ Key: tenantTag, Value: tenantId }],
      TransitiveTagKeys: [tenantTag],
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = issued ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken) throw new NoCredentialsError(roleArn);
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return createDocuments(new DynamoDBClient({ credentials }));
}
