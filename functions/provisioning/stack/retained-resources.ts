import {
  DeleteUserPoolCommand,
  ResourceNotFoundException as NoSuchUserPool,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException as NoSuchTable,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  type CloudFormationClient,
  paginateListStackResources,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Services } from '../work.ts';

/** What outlives its stack, so that nobody loses data by mistake. */
export interface RetainedResource {
  readonly type: 'AWS::DynamoDB::Table' | 'AWS::Cognito::UserPool';
  readonly id: string;
}

/** The tables and pools of a stack that exist. */
export async function listRetained(
  cloudFormation: CloudFormationClient,
  stackName: string,
): Promise<RetainedResource[]> {
  const found: RetainedResource[] = [];
  for await (const page of paginateListStackResources({ client: cloudFormation }, { StackName: stackName })) {
    found.push(...(page.StackResourceSummaries ?? []).flatMap(toRetained));
  }
  return found;
}

function toRetained({ ResourceType: type, PhysicalResourceId: id }: StackResourceSummary): RetainedResource[] {
  return id && (type === 'AWS::DynamoDB::Table' || type === 'AWS::Cognito::UserPool') ? [{ type, id }] : [];
}

/** Lets it be deleted. What is gone is gone already. */
export async function unprotect({ type, id }: RetainedResource, { dynamodb, cognito }: Services): Promise<void> {
  await unlessGone(async () =>
    type === 'AWS::DynamoDB::Table'
      ? dynamodb.send(new UpdateTableCommand({ TableName: id, DeletionProtectionEnabled: false }))
      : cognito.send(new UpdateUserPoolCommand({ UserPoolId: id, DeletionProtection: 'INACTIVE' })),
  );
}

/** Deletes it and waits till it is gone. */
export async function deleteResource({ type, id }: RetainedResource, services: Services): Promise<void> {
  const { dynamodb, cognito, pause } = services;
  if (type === 'AWS::Cognito::UserPool') {
    await unlessGone(async () => cognito.send(new DeleteUserPoolCommand({ UserPoolId: id })));
    return;
  }
  for (let look = 0; ; look += 1) {
    const isGone = await unlessGone(async () => {
      const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: id }));
      if (Table?.TableStatus === 'DELETING') return;
      await dynamodb.send(new DeleteTableCommand({ TableName: id })).catch((error: unknown) => {
        // It is being changed; it is asked for again.
        if (!(error instanceof ResourceInUseException)) throw error;
      });
    });
    if (isGone) return;
    await pause(look);
  }
}

/** Whether there was nothing to do it to. */
async function unlessGone(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    if (error instanceof NoSuchTable || error instanceof NoSuchUserPool) return true;
    throw error;
  }
}
