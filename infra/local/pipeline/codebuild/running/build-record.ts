import { AwsError } from '../../../errors.ts';
import type { Build, BuildStatus, PhaseContext, PhaseType } from '../model.ts';
import type { BuildStore } from '../store.ts';

/** Why a build is ended from outside. */
export type Interruption = 'STOPPED' | 'TIMED_OUT' | 'FAULT';

export interface BuildRecord {
  readonly build: Build;
  change(changes: Partial<Build>): void;
  enter(type: PhaseType): void;
  leave(status: BuildStatus, context?: PhaseContext): void;
  /** Runs a phase's work and notes how it ended. Answers whether it succeeded; an interruption goes on to the caller. */
  phase(type: PhaseType, work: () => Promise<PhaseContext | undefined>): Promise<boolean>;
  end(status: BuildStatus): Promise<void>;
}

/** Thrown by the work of a phase that was interrupted. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly status: Interruption) {
    super(`The build is ended: ${status}`);
  }
}

/** What one build has come to. Steps on the way are written and not awaited; its end is. */
export function createBuildRecord(store: BuildStore, id: string, onPhase: (build: Build) => void): BuildRecord {
  const save = (build: Build): Promise<void> => store.saveBuild(build);
  const report = (error: unknown): void => void process.stderr.write(`CodeBuild, build ${id}: ${String(error)}\n`);
  const record: BuildRecord = {
    get build() {
      return store.buildOf(id);
    },
    change: (changes) => void save({ ...record.build, ...changes }).catch(report),
    enter(type) {
      const phases = [...record.build.phases, { type, startedAt: store.clock.now() }];
      record.change({ phases });
    },
    leave(status, context) {
      const phases = record.build.phases.map((phase) =>
        phase.endedAt === undefined ? { ...phase, status, context, endedAt: store.clock.now() } : phase,
      );
      record.change({ phases });
      onPhase(record.build);
    },
    async phase(type, work) {
      record.enter(type);
      try {
        const failure = await work();
        record.leave(failure ? 'FAILED' : 'SUCCEEDED', failure);
        return failure === undefined;
      } catch (error) {
        if (error instanceof Interrupted) {
          record.leave(error.status);
          throw error;
        }
        record.leave('FAILED', contextOf(error));
        return false;
      }
    },
    async end(status) {
      const now = store.clock.now();
      const phases = [...record.build.phases, { type: 'COMPLETED' as const, startedAt: now }];
      await save({ ...record.build, phases, status, endedAt: now });
    },
  };
  return record;
}

function contextOf(error: unknown): PhaseContext {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AwsError)) return { code: 'CLIENT_ERROR', message };
  const denied = /AccessDenied|NoSuchEntity/.test(error.code);
  return { code: denied ? 'ACCESS_DENIED' : error.code, message };
}
