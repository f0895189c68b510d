import { auditEntry } from '../layer/audit-entry.ts';
import { logger, metrics, MetricUnit } from '../layer/telemetry.ts';
import { transact } from '../layer/transact.ts';
import type { Dependencies, Finding } from './dependencies.ts';

/** Seconds for which a finding is known; one that is still there then is told again. */
const memory = 7 * 24 * 60 * 60;

/** Tells of a finding once: the audit entry and the note that it is known are written together. */
export async function report(finding: Finding, { documents, tables, clock }: Dependencies): Promise<void> {
  const { kind, subject, tenantId, message, isMended } = finding;
  const now = Math.floor(clock().getTime() / 1000);
  const detail = { kind, message, isMended };
  const outcome = await transact(documents, [
    {
      Put: {
        TableName: tables.FINDINGS_TABLE,
        Item: {
          finding: `${kind}#${subject}`,
          tenantId,
          message,
          foundAt: clock().toISOString(),
          expiresAt: now + memory,
        },
        ConditionExpression: 'attribute_not_exists(finding) OR expiresAt < :now',
        ExpressionAttributeValues: { ':now': now },
      },
    },
    {
      Put: {
        TableName: tables.AUDIT_LOG_TABLE,
        Item: auditEntry({ actor: 'system', action: 'reconcile', tenantId, detail }, clock),
      },
    },
  ]);
  metrics.addMetric(isMended ? 'ReconcilerMended' : 'ReconcilerOpenFindings', MetricUnit.Count, 1);
  if (outcome.written) logger.warn(`Found: ${message}`, { kind, isMended, tenantId });
}
