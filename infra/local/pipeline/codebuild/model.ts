import type { ProjectSettings } from './project-settings.ts';
import type { Telling } from '../outbox.ts';

export interface Project {
  readonly name: string;
  readonly settings: ProjectSettings;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Builds that it has had: the number of the last one. */
  readonly builds: number;
  /** The creation it comes from, where CloudFormation made it. */
  readonly token?: string | undefined;
}

export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
  readonly type: 'PLAINTEXT' | 'PARAMETER_STORE';
}

export type BuildStatus = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'FAULT' | 'TIMED_OUT' | 'STOPPED';

export type PhaseType =
  | 'SUBMITTED'
  | 'QUEUED'
  | 'PROVISIONING'
  | 'DOWNLOAD_SOURCE'
  | 'INSTALL'
  | 'PRE_BUILD'
  | 'BUILD'
  | 'POST_BUILD'
  | 'UPLOAD_ARTIFACTS'
  | 'FINALIZING'
  | 'COMPLETED';

export interface BuildPhase {
  readonly type: PhaseType;
  readonly status?: BuildStatus | undefined;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly context?: PhaseContext | undefined;
}

export interface PhaseContext {
  /** `COMMAND_EXECUTION_ERROR`, `YAML_FILE_ERROR`, `CLIENT_ERROR`, `ACCESS_DENIED` … */
  readonly code: string;
  readonly message: string;
}

/** An artifact of a pipeline: a zip in its artifact bucket. */
export interface PipelineArtifact {
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
}

export interface PipelineArtifacts {
  /** The first is the build's source. */
  readonly inputs: readonly PipelineArtifact[];
  readonly outputs: readonly PipelineArtifact[];
}

export interface Build extends Telling {
  /** `<project>:<uuid>` */
  readonly id: string;
  readonly number: number;
  readonly project: string;
  /** The project's settings with what the start overrode. */
  readonly settings: ProjectSettings;
  readonly status: BuildStatus;
  /** `codepipeline/<pipeline>`, or the session that started it. */
  readonly initiator: string;
  readonly startedAt: number;
  readonly endedAt?: number | undefined;
  readonly phases: readonly BuildPhase[];
  readonly sourceVersion?: string | undefined;
  readonly resolvedSourceVersion?: string | undefined;
  readonly artifacts?: PipelineArtifacts | undefined;
  /** What was exported, once the commands have ended. */
  readonly exported: readonly { readonly name: string; readonly value: string }[];
  readonly artifactLocation?: string | undefined;
  readonly idempotencyToken?: string | undefined;
}
