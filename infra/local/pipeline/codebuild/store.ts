import { AwsError } from '../../errors.ts';
import type { BusEntry, JsonObject } from '../../service.ts';
import type { PipelineDependencies } from '../dependencies.ts';
import { createOutbox } from '../outbox.ts';
import { buildStateChange } from './events.ts';
import type { Build, Project } from './model.ts';

export type BuildStore = ReturnType<typeof createBuildStore>;

export function createBuildStore({ state, environment, clock, events, newId }: PipelineDependencies) {
  const projects = state.collection<Project>('codebuild/projects');
  const builds = state.collection<Build>('codebuild/builds');
  const outbox = createOutbox(builds, events, newId);
  const { partition, region, accountId } = environment;
  const prefix = `arn:${partition}:codebuild:${region}:${accountId}`;

  const store = {
    projects,
    builds,
    clock,
    environment,
    resume: outbox.resume,
    projectArn: (name: string): string => `${prefix}:project/${name}`,
    buildArn: (id: string): string => `${prefix}:build/${id}`,
    projectOf(name: string): Project {
      const project = projects.get(name);
      if (!project)
        throw new AwsError('ResourceNotFoundException', `Project cannot be found: ${store.projectArn(name)}`);
      return project;
    },
    buildOf(id: string): Build {
      const build = builds.get(id);
      if (!build) throw new AwsError('ResourceNotFoundException', `Build ${id} does not exist`);
      return build;
    },
    /** The newest first. */
    buildsOf: (project?: string): Build[] =>
      [...builds.values()]
        .filter((build) => project === undefined || build.project === project)
        .sort((left, right) => right.startedAt - left.startedAt || right.number - left.number),
    /** Puts the build; tells the bus where its status is another one than before. */
    saveBuild(build: Build): Promise<void> {
      const changed = builds.get(build.id)?.status !== build.status;
      const entries = changed ? [entryOf(build.id, buildStateChange(store, build))] : [];
      return outbox.save(build.id, build, entries);
    },
  };

  const entryOf = (id: string, detail: JsonObject): BusEntry => ({
    busName: 'default',
    source: 'aws.codebuild',
    detailType: 'CodeBuild Build State Change',
    detail,
    resources: [store.buildArn(id)],
  });

  return store;
}

/** Where a build's messages go; undefined where its project wants none. */
export function logOf({
  id,
  project,
  settings,
}: Build): { readonly group: string; readonly stream: string } | undefined {
  const { status = 'ENABLED', groupName, streamName } = settings.logsConfig?.cloudWatchLogs ?? {};
  if (status === 'DISABLED') return undefined;
  const own = id.slice(id.indexOf(':') + 1);
  return {
    group: groupName ?? `/aws/codebuild/${project}`,
    stream: streamName === undefined ? own : `${streamName}/${own}`,
  };
}
