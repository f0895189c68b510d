import type { Principal } from '../../../service.ts';
import type { CodeBuild } from '../../codebuild/index.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { ActionDeclaration } from '../definition/declaration.ts';
import type { ActionExecution, ApprovalAnswer, ArtifactLocation, Execution, Revision } from '../model.ts';

/** One kind of action. */
export interface ActionProvider {
  /** Keys that its configuration may have; any other is refused by name. */
  readonly configuration: readonly string[];
  readonly required: readonly string[];
  /** How many artifacts, from and to. */
  readonly inputs: readonly [number, number];
  readonly outputs: readonly [number, number];
  /** Why a declaration cannot be run here, if it cannot. */
  refuse(action: ActionDeclaration): string | undefined;
  /** What its record has before anybody is told that it has started: who is told may ask for it at once. */
  begin?(dependencies: PipelineDependencies): Partial<ActionExecution>;
  /** Runs it, or goes on with it after a restart. Throws AwsError for what makes it fail. */
  run(run: ActionRun): Promise<ActionOutcome>;
}

export interface ActionRun {
  readonly execution: Execution;
  readonly declaration: ActionDeclaration;
  /** What is known of this run of the action. */
  readonly record: ActionExecution;
  /** The configuration with its variables resolved; `resolve` does the same to another text. */
  readonly configuration: Readonly<Record<string, string>>;
  resolve(text: string): string;
  readonly inputs: readonly ArtifactLocation[];
  readonly outputs: readonly ArtifactLocation[];
  /** The session of the action's role, or of the pipeline's where it has none. */
  readonly principal: Principal;
  /** Aborted when the execution is stopped without waiting, and when the host stops (its reason tells which). */
  readonly signal: AbortSignal & { readonly reason: 'abandoned' | 'host' };
  readonly dependencies: PipelineDependencies;
  readonly codebuild: CodeBuild;
  /** Keeps what the action has come to; resolves when it is durable. */
  note(changes: Partial<ActionExecution>): Promise<void>;
  /** Resolves with the answer to an approval. */
  answer(): Promise<ApprovalAnswer>;
}

export interface ActionOutcome {
  readonly variables?: Readonly<Record<string, string>>;
  readonly revision?: Revision;
  readonly summary?: string;
}
