import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { auditEntry } from '../layer/audit-entry.ts';
import type { Dependencies, OperatorCall } from './dependencies.ts';

/**
 * Writes what is about to be done. Cognito takes part in no transaction, so it goes first: an attempt that dies after it
 * left a line too many, never a deed without one.
 */
export async function audit(
  { field, identity }: OperatorCall<unknown>,
  detail: Readonly<Record<string, unknown>>,
  { documents, auditLogTable, clock }: Dependencies,
): Promise<void> {
  if (!identity) throw new Error(`No operator to name in the audit log of ${field}`);
  const entry = auditEntry({ actor: identity, action: field, detail }, clock);
  await documents.send(new PutCommand({ TableName: auditLogTable, Item: entry }));
}
