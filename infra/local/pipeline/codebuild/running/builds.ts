import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError } from '../../../errors.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { Build, PipelineArtifacts } from '../model.ts';
import type { ProjectSettings } from '../project-settings.ts';
import type { BuildStore } from '../store.ts';
import { createBuildRecord, type Interruption } from './build-record.ts';
import { type BuildSignal, runBuild } from './run-build.ts';
import { createWatchdog } from './watchdog.ts';

export interface StartRequest {
  readonly project: string;
  readonly settings: ProjectSettings;
  readonly initiator: string;
  readonly sourceVersion?: string | undefined;
  readonly artifacts?: PipelineArtifacts | undefined;
  readonly idempotencyToken?: string | undefined;
}

export interface Builds {
  /** Resolves when the build is durable; it then waits for its turn. Throws AccountLimitExceededException. */
  start(request: StartRequest): Promise<Build>;
  /** Ends a build, with all that it started; one that has ended stays as it is. */
  stop(id: string): Promise<void>;
  /** Resolves with the build once it has ended. */
  ended(id: string): Promise<Build>;
  /** Goes on with what waited when the host ended. */
  resume(): Promise<void>;
  shutDown(): Promise<void>;
}

/** Builds one beside the other, as many as `concurrentBuilds`; more wait in the order in which they came. */
export function createBuilds(store: BuildStore, dependencies: PipelineDependencies): Builds {
  const folder = join(dependencies.environment.folder, 'codebuild');
  const certificateAuthority = join(folder, 'certificate-authority.pem');
  const watchdog = createWatchdog();
  const runner = { store, dependencies, watchdog, folder, certificateAuthority };
  const waiting: string[] = [];
  const running = new Map<string, { readonly controller: AbortController; readonly done: Promise<void> }>();
  const listeners = new Map<string, ((build: Build) => void)[]>();
  let open = true;

  const tell = (id: string): void => {
    const build = store.builds.get(id);
    if (!build || build.status === 'IN_PROGRESS') return;
    for (const listener of listeners.get(id) ?? []) listener(build);
    listeners.delete(id);
  };

  const runOne = async (id: string, controller: AbortController): Promise<void> => {
    const record = createBuildRecord(store, id, () => undefined);
    const { settings, startedAt, number, project } = record.build;
    record.leave('SUCCEEDED');
    const interrupt = (reason: Interruption): void => controller.abort(reason);
    const timeout = setTimeout(() => interrupt('TIMED_OUT'), settings.timeoutInMinutes * 60_000);
    const late = store.clock.now() - startedAt > settings.queuedTimeoutInMinutes * 60_000;
    try {
      if (late) await record.end('TIMED_OUT');
      else await runBuild(runner, id, controller.signal as BuildSignal);
    } catch (error) {
      process.stderr.write(`CodeBuild, build ${number} of ${project}: ${String(error)}\n`);
      await record.end('FAULT');
    } finally {
      clearTimeout(timeout);
    }
  };

  const next = (): void => {
    while (open && running.size < dependencies.concurrentBuilds) {
      const id = waiting.shift();
      if (id === undefined) return;
      const controller = new AbortController();
      const done = runOne(id, controller).finally(() => {
        running.delete(id);
        tell(id);
        next();
      });
      running.set(id, { controller, done });
    }
  };

  return {
    async start({ project: name, settings, initiator, sourceVersion, artifacts, idempotencyToken }) {
      const project = store.projectOf(name);
      requireRoom(store, name, settings);
      const number = project.builds + 1;
      const numbered = store.projects.put(name, { ...project, builds: number });
      const now = store.clock.now();
      const build: Build = {
        id: `${name}:${dependencies.newId()}`,
        number,
        project: name,
        settings,
        status: 'IN_PROGRESS',
        initiator,
        startedAt: now,
        phases: [
          { type: 'SUBMITTED', status: 'SUCCEEDED', startedAt: now, endedAt: now },
          { type: 'QUEUED', startedAt: now },
        ],
        sourceVersion,
        artifacts,
        exported: [],
        idempotencyToken,
        unsent: [],
      };
      await Promise.all([numbered, store.saveBuild(build)]);
      waiting.push(build.id);
      next();
      return build;
    },

    async stop(id) {
      const place = waiting.indexOf(id);
      if (place >= 0) {
        waiting.splice(place, 1);
        const record = createBuildRecord(store, id, () => undefined);
        record.leave('STOPPED');
        await record.end('STOPPED');
        return tell(id);
      }
      const found = running.get(id);
      found?.controller.abort('STOPPED' satisfies Interruption);
      await found?.done;
    },

    ended: (id) =>
      new Promise((resolve) => {
        listeners.set(id, [...(listeners.get(id) ?? []), resolve]);
        if (!running.has(id)) tell(id);
      }),

    async resume() {
      // Left by builds of a host that died; nothing else lives here.
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder, { recursive: true });
      writeFileSync(certificateAuthority, dependencies.environment.certificateAuthority);
      const unfinished = store.buildsOf().filter(({ status }) => status === 'IN_PROGRESS');
      for (const build of unfinished.reverse()) {
        if (build.phases.at(-1)?.type === 'QUEUED') waiting.push(build.id);
        else {
          const record = createBuildRecord(store, build.id, () => undefined);
          record.leave('FAULT', { code: 'INTERNAL_SERVICE_ERROR', message: 'The local cloud ended during the build' });
          await record.end('FAULT');
          tell(build.id);
        }
      }
      next();
    },

    async shutDown() {
      open = false;
      for (const { controller } of running.values()) controller.abort('FAULT' satisfies Interruption);
      await Promise.all([...running.values()].map(({ done }) => done));
      watchdog.stop();
    },
  };
}

/** Source: CodeBuild user guide, "Build concurrency limit": a build beyond the limit is refused, not queued. */
function requireRoom(store: BuildStore, name: string, { concurrentBuildLimit: limit }: ProjectSettings): void {
  if (limit === undefined) return;
  const active = store.buildsOf(name).filter(({ status }) => status === 'IN_PROGRESS').length;
  if (active < limit) return;
  throw new AwsError(
    'AccountLimitExceededException',
    `Project ${name} has ${active} builds running, and its concurrent build limit is ${limit}`,
  );
}
