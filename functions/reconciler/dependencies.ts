import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../layer/clock.ts';
import type { RunTables } from '../layer/runs/new-run.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly codepipeline: CodePipelineClient;
  readonly cloudformation: CloudFormationClient;
  readonly pipelineName: string;
  readonly tables: RunTables &
    Readonly<
      Record<'TENANTS_TABLE' | 'REGISTRATIONS_TABLE' | 'ROLLOUTS_TABLE' | 'FINDINGS_TABLE' | 'AUDIT_LOG_TABLE', string>
    >;
  readonly clock: Clock;
}

/** Something that is not as it should be. */
export interface Finding {
  readonly kind:
    | 'RUN_NOT_STARTED'
    | 'RUN_NOT_SETTLED'
    | 'RUN_TAKES_LONG'
    | 'RUN_WITHOUT_EXECUTION'
    | 'RUN_MISSING'
    | 'ONBOARDING_STOOD_STILL'
    | 'REGISTRATION_DIFFERS'
    | 'SILO_WITHOUT_STACK'
    | 'STACK_MISSING'
    | 'STACK_UNWELL'
    | 'STACK_DIFFERS'
    | 'STACK_ORPHANED'
    | 'STACK_WITHOUT_TENANT'
    | 'STACK_BEHIND';
  /** What it is about; with the kind, what makes it the same finding. */
  readonly subject: string;
  readonly tenantId: string;
  /** What was found, what was expected, and what to do. */
  readonly message: string;
  /** Whether it has been put right; else a person has to. */
  readonly isMended: boolean;
}

/** Milliseconds that streams and events have before anybody looks after them. */
const patience = 2 * 60_000;

/** Whether nothing has happened to it for so long that whatever drives it must have been lost. */
export function isStill(updatedAt: string, clock: Clock, longest = patience): boolean {
  return clock().getTime() - Date.parse(updatedAt) > longest;
}
