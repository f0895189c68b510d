import type { RegistrationItem, StepItem } from '../layer/registry.ts';
import type { TransactItems } from '../layer/transact.ts';

export interface Progress {
  readonly status: RegistrationItem['status'];
  readonly steps: readonly StepItem[];
  readonly failure?: string;
  readonly now: string;
}

/** Moves a registration on, provided that its steps are as they were read. */
export function registrationUpdate(table: string, from: RegistrationItem, to: Progress): TransactItems[number] {
  return {
    Update: {
      TableName: table,
      Key: { registrationId: from.registrationId },
      UpdateExpression: `SET #status = :status, steps = :steps, updatedAt = :now${
        to.failure ? ', failure = :failure' : ''
      }`,
      ConditionExpression: '#status = :statusBefore AND steps = :stepsBefore',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':status': to.status,
        ':steps': to.steps,
        ':now': to.now,
        ...(to.failure && { ':failure': to.failure }),
        ':statusBefore': from.status,
        ':stepsBefore': from.steps,
      },
    },
  };
}

export interface TenantProgress {
  readonly status: 'PROVISIONING' | 'ACTIVE' | 'FAILED';
  readonly failure?: string;
  readonly now: string;
}

/** Moves the tenant of a registration that is under way. */
export function tenantUpdate(table: string, tenantId: string, to: TenantProgress): TransactItems[number] {
  const failure = to.failure ? ', failure = :failure' : '';
  const onboarded = to.status === 'ACTIVE' ? ', onboardedAt = :now' : '';
  return {
    Update: {
      TableName: table,
      Key: { tenantId },
      UpdateExpression: `SET #status = :status, updatedAt = :now, version = version + :one${failure}${onboarded}`,
      ConditionExpression: '#status IN (:requested, :provisioning)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':status': to.status,
        ':now': to.now,
        ':one': 1,
        ...(to.failure && { ':failure': to.failure }),
        ':requested': 'REQUESTED',
        ':provisioning': 'PROVISIONING',
      },
    },
  };
}

/** The steps with some of them changed. */
export function withStep(steps: readonly StepItem[], place: number, change: Partial<StepItem>): StepItem[] {
  return steps.map((step, index) => (index === place ? { ...step, ...change } : step));
}
