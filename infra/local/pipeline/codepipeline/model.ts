import type { Telling } from '../outbox.ts';
import type { Declaration } from './definition/declaration.ts';

export interface Pipeline {
  readonly name: string;
  readonly version: number;
  readonly declaration: Declaration;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  /** The creation it comes from, where CloudFormation made it. */
  readonly token?: string | undefined;
}

export type ExecutionStatus =
  | 'InProgress'
  | 'Stopping'
  | 'Stopped'
  | 'Succeeded'
  | 'Superseded'
  | 'Failed'
  | 'Cancelled';
export type ActionStatus = 'InProgress' | 'Abandoned' | 'Succeeded' | 'Failed';

export interface ArtifactLocation {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
}

export interface Revision {
  readonly id: string;
  readonly changeIdentifier?: string;
  readonly summary: string;
  readonly createdAt: number;
}

export interface SourceOverride {
  readonly actionName: string;
  readonly revisionType: 'S3_OBJECT_VERSION_ID' | 'S3_OBJECT_KEY';
  readonly revisionValue: string;
}

export interface Execution extends Telling {
  readonly id: string;
  readonly pipeline: string;
  /** Of the pipeline's structure: what runs is that one, whatever the pipeline becomes meanwhile. */
  readonly version: number;
  readonly status: ExecutionStatus;
  readonly statusSummary?: string | undefined;
  readonly trigger: { readonly type: string; readonly detail: string };
  readonly variables: Readonly<Record<string, string>>;
  readonly sources: readonly SourceOverride[];
  readonly token?: string | undefined;
  readonly startedAt: number;
  readonly updatedAt: number;
  /** From 1; each retry of a stage is one more. */
  readonly attempt: number;
  /** The stage that it is in or waits for. */
  readonly stage: number;
  readonly entered: boolean;
  readonly stages: Readonly<Record<string, StageExecution>>;
  /** The oldest first. */
  readonly actions: readonly ActionExecution[];
  readonly stop?: { readonly abandon: boolean; readonly reason?: string | undefined } | undefined;
  readonly rollback?: Rollback | undefined;
}

/** Of one stage, to what another execution brought there. */
export interface Rollback {
  readonly target: string;
  /** What the target had run before the stage: where its artifacts and variables come from. */
  readonly inherited: readonly ActionExecution[];
}

export interface StageExecution {
  readonly status: 'InProgress' | 'Stopping' | 'Stopped' | 'Succeeded' | 'Failed';
  readonly startedAt: number;
  readonly updatedAt: number;
}

export interface ActionExecution {
  readonly id: string;
  readonly stage: string;
  readonly action: string;
  readonly status: ActionStatus;
  readonly startedAt: number;
  readonly updatedAt: number;
  /** Another run of the action has taken its place. */
  readonly retired?: boolean | undefined;
  readonly configuration: Readonly<Record<string, string>>;
  readonly inputs: readonly ArtifactLocation[];
  readonly outputs: readonly ArtifactLocation[];
  readonly variables: Readonly<Record<string, string>>;
  readonly revision?: Revision | undefined;
  readonly summary?: string | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly externalId?: string | undefined;
  readonly updatedBy?: string | undefined;
  /** Of an open approval. */
  readonly approvalToken?: string | undefined;
  readonly answer?: ApprovalAnswer | undefined;
  /** Builds that were started for it: more than one if the host died meanwhile. */
  readonly builds?: readonly string[] | undefined;
}

export interface ApprovalAnswer {
  readonly status: 'Approved' | 'Rejected';
  readonly summary: string;
  /** Who gave it: an ARN. */
  readonly by: string;
}
