import type { JsonObject } from '../../service.ts';
import type { RemovalPolicy } from '../template/model.ts';
import type { ProgramOutput } from '../template/program.ts';

/** AWS's own statuses. Source: CloudFormation User Guide, "Stack status codes". */
export type StackStatus =
  | 'REVIEW_IN_PROGRESS'
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_COMPLETE'
  | 'ROLLBACK_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'UPDATE_ROLLBACK_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS'
  | 'UPDATE_ROLLBACK_COMPLETE'
  | 'UPDATE_ROLLBACK_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED';

export type ResourceStatus =
  | 'CREATE_IN_PROGRESS'
  | 'CREATE_COMPLETE'
  | 'CREATE_FAILED'
  | 'UPDATE_IN_PROGRESS'
  | 'UPDATE_COMPLETE'
  | 'UPDATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_COMPLETE'
  | 'DELETE_FAILED'
  | 'DELETE_SKIPPED';

/** What a stack is made from. */
export interface StackSource {
  /** SHA-256 of the template's text, which is a blob. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Work under way. It is written before its first step and removed with its last, so a start after a crash finds it. */
export interface StackOperation {
  /** Unlike any other's: creation tokens derive from it. */
  readonly id: string;
  /** `refresh` is an update because the endpoint is another one than before. */
  readonly kind: 'create' | 'update' | 'refresh' | 'delete';
  /** `keep`: an update failed, and what it has done is to stay. */
  readonly phase: 'apply' | 'rollback' | 'keep' | 'cleanup' | 'rollback-cleanup';
  readonly clientRequestToken?: string | undefined;
  readonly onFailure: 'ROLLBACK' | 'DELETE' | 'DO_NOTHING';
  /** What a failed update goes back to. */
  readonly previous?: StackSource | undefined;
  readonly retain: readonly string[];
  /** Of a creation: the stack is to be deleted, as soon as what is under way has ended. */
  readonly deletion?: { readonly clientRequestToken?: string | undefined } | undefined;
}

export interface Stack {
  readonly stackId: string;
  readonly name: string;
  readonly status: StackStatus;
  readonly statusReason?: string | undefined;
  readonly source: StackSource;
  readonly description?: string | undefined;
  readonly outputs: readonly ProgramOutput[];
  readonly imports: readonly string[];
  readonly capabilities: readonly string[];
  readonly roleArn?: string | undefined;
  readonly disableRollback: boolean;
  readonly terminationProtection: boolean;
  readonly createdAt: number;
  readonly updatedAt?: number | undefined;
  readonly deletedAt?: number | undefined;
  readonly operation?: StackOperation | undefined;
  /** The endpoint that its resources' attributes carry. */
  readonly endpoint: string;
  /** Client request tokens of late, with the operation each began. */
  readonly requestTokens: Readonly<Record<string, 'create' | 'update' | 'delete'>>;
  /** The change set that brought the stack to where it is. */
  readonly changeSetId?: string | undefined;
}

/** All that is needed to know, to go back to or to delete a resource that exists. */
export interface ResourceSnapshot {
  readonly physicalId: string;
  readonly attributes: JsonObject;
  readonly properties: JsonObject;
  readonly dependencies: readonly string[];
  readonly deletionPolicy: RemovalPolicy;
}

export interface ResourceChange {
  readonly operationId: string;
  /** `definition`: nothing of the resource itself changed, only what the template says around it. */
  readonly kind: 'create' | 'update' | 'replace' | 'definition' | 'undone';
  /** False while the step runs. */
  readonly settled: boolean;
  readonly before?: ResourceSnapshot | undefined;
  /** Left over by this change, to be deleted in the cleanup. */
  readonly discarded?: Pick<ResourceSnapshot, 'physicalId' | 'properties'> | undefined;
}

/** One resource of one stack. A failed creation may have no physical id: then there is nothing to delete. */
export interface StackResource extends Omit<ResourceSnapshot, 'physicalId'> {
  readonly stackId: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
  readonly status: ResourceStatus;
  readonly statusReason?: string | undefined;
  readonly updatedAt: number;
  readonly change?: ResourceChange | undefined;
}

/** Whether its creation failed. Of a stack that was not rolled back it is there till the next operation, which removes it first. */
export function isUnmade({ change }: StackResource): boolean {
  return change?.kind === 'create' && !change.settled;
}

export interface StackEvent {
  readonly eventId: string;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly timestamp: number;
  readonly status: StackStatus | ResourceStatus;
  readonly statusReason?: string | undefined;
  readonly clientRequestToken?: string | undefined;
}

export const stackType = 'AWS::CloudFormation::Stack';
