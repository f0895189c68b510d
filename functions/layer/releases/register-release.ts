import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { ReleaseItem } from '../registry.ts';
import type { Manifest } from './publish-release.ts';

/** Enters a published release into Releases; one that is there stays as it is. */
export async function registerRelease(
  { release, version, commit, createdAt }: Manifest,
  { documents, releasesTable }: { readonly documents: DynamoDBDocumentClient; readonly releasesTable: string },
): Promise<void> {
  const item: ReleaseItem = {
    release,
    listing: 'RELEASE',
    version,
    createdAt,
    ...(commit !== undefined && { commit }),
  };
  try {
    await documents.send(
      new PutCommand({
        TableName: releasesTable,
        Item: { ...item },
        ConditionExpression: 'attribute_not_exists(#release)',
        ExpressionAttributeNames: { '#release': 'release' },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
