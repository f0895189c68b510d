import { BatchGetCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { slugClaim } from '../layer/registry.ts';
import { similarSlugs } from './slug.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tenantsTable: string;
}

const mostOffered = 3;

/** Up to three slugs like the one that is taken, free at this moment. */
export async function freeSlugs({ documents, tenantsTable }: Dependencies, slug: string): Promise<string[]> {
  const candidates = similarSlugs(slug);
  const { Responses, UnprocessedKeys } = await documents.send(
    new BatchGetCommand({
      RequestItems: { [tenantsTable]: { Keys: candidates.map((candidate) => ({ tenantId: slugClaim(candidate) })) } },
    }),
  );
  // What DynamoDB did not get to is taken for taken: these are only suggestions.
  const notFree = [...(Responses?.[tenantsTable] ?? []), ...(UnprocessedKeys?.[tenantsTable]?.Keys ?? [])];
  const taken = new Set(notFree.map((claim) => claim['tenantId'] as string));
  return candidates.filter((candidate) => !taken.has(slugClaim(candidate))).slice(0, mostOffered);
}
