import { AwsError } from '../../../errors.ts';
import type { JsonObject } from '../../../service.ts';
import type { TableOperation, TableServices } from '../../dependencies.ts';
import { requiredObject, validation } from '../../wire.ts';

const longestPeriod = 35;

export const describeContinuousBackups: TableOperation = async (services, authorize, input) => {
  const table = services.names.tableOf(input);
  authorize({ action: 'dynamodb:DescribeContinuousBackups', resource: services.names.tableArn(table) });
  await requireTable(services, table);
  return describeBackups(services, table);
};

/** Keeps the setting, so that what asks for it is answered; no table can be restored from it. */
export const updateContinuousBackups: TableOperation = async (services, authorize, input) => {
  const { names, settings, clock } = services;
  const table = names.tableOf(input);
  authorize({ action: 'dynamodb:UpdateContinuousBackups', resource: names.tableArn(table) });
  const specification = requiredObject(input, 'PointInTimeRecoverySpecification');
  const days = specification['RecoveryPeriodInDays'] ?? longestPeriod;
  if (typeof days !== 'number' || days < 1 || days > longestPeriod) {
    throw validation(`RecoveryPeriodInDays is ${JSON.stringify(days)}: expected 1 to ${longestPeriod}`);
  }
  await requireTable(services, table);
  const { recovery, ...kept } = settings.get(table) ?? {};
  const enabled = specification['PointInTimeRecoveryEnabled'] === true;
  const enabledAt = recovery?.enabledAt ?? clock.now();
  await settings.put(table, { ...kept, ...(enabled ? { recovery: { enabledAt, days } } : {}) });
  return describeBackups(services, table);
};

async function requireTable({ callEngine }: TableServices, table: string): Promise<void> {
  try {
    await callEngine('DescribeTable', { TableName: table });
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    throw new AwsError('TableNotFoundException', `Table not found: ${table}`);
  }
}

function describeBackups({ settings, clock }: TableServices, table: string): JsonObject {
  const recovery = settings.get(table)?.recovery;
  const now = clock.now();
  const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);
  const pointInTime: JsonObject = recovery
    ? {
        PointInTimeRecoveryStatus: 'ENABLED',
        RecoveryPeriodInDays: recovery.days,
        EarliestRestorableDateTime: seconds(Math.max(recovery.enabledAt, now - recovery.days * 86_400_000)),
        LatestRestorableDateTime: seconds(now),
      }
    : { PointInTimeRecoveryStatus: 'DISABLED' };
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: pointInTime,
    },
  };
}
