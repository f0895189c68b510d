import type { Build, BuildPhase } from '../model.ts';
import { type BuildStore, logOf } from '../store.ts';

/** A build as the API shows it. Source: CodeBuild API reference, Build. */
export function describeBuild(store: BuildStore, build: Build) {
  const { settings, exported, endedAt } = build;
  const { region, partition, accountId } = store.environment;
  const log = logOf(build);
  return {
    id: build.id,
    arn: store.buildArn(build.id),
    buildNumber: build.number,
    projectName: build.project,
    buildStatus: build.status,
    buildComplete: build.status !== 'IN_PROGRESS',
    currentPhase: build.phases.at(-1)?.type,
    initiator: build.initiator,
    startTime: new Date(build.startedAt),
    ...(endedAt === undefined ? {} : { endTime: new Date(endedAt) }),
    sourceVersion: build.sourceVersion,
    resolvedSourceVersion: build.resolvedSourceVersion,
    phases: build.phases.map(describePhase),
    source: settings.source,
    secondarySources: [],
    artifacts: {
      location: build.artifactLocation ?? '',
      overrideArtifactName: settings.artifacts.overrideArtifactName,
    },
    secondaryArtifacts: [],
    cache: settings.cache,
    environment: settings.environment,
    serviceRole: settings.serviceRole,
    timeoutInMinutes: settings.timeoutInMinutes,
    queuedTimeoutInMinutes: settings.queuedTimeoutInMinutes,
    encryptionKey: settings.encryptionKey,
    exportedEnvironmentVariables: exported,
    logs: {
      cloudWatchLogs: { status: log ? 'ENABLED' : 'DISABLED', ...(log ? { groupName: log.group } : {}) },
      ...(log
        ? {
            groupName: log.group,
            streamName: log.stream,
            cloudWatchLogsArn: `arn:${partition}:logs:${region}:${accountId}:log-group:${log.group}:log-stream:${log.stream}`,
          }
        : {}),
    },
  };
}

function describePhase({ type, status, startedAt, endedAt, context }: BuildPhase) {
  return {
    phaseType: type,
    phaseStatus: status,
    startTime: new Date(startedAt),
    ...(endedAt === undefined
      ? {}
      : { endTime: new Date(endedAt), durationInSeconds: Math.floor((endedAt - startedAt) / 1000) }),
    ...(status === undefined
      ? {}
      : { contexts: [{ statusCode: context?.code ?? '', message: context?.message ?? '' }] }),
  };
}
