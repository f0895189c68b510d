import type { Json, JsonObject } from '../../service.ts';
import type { Build, BuildPhase } from './model.ts';
import { type BuildStore, logOf } from './store.ts';

/** Source: CodeBuild user guide, "Build notifications input format reference". */
export function buildStateChange(store: Pick<BuildStore, 'buildArn'>, build: Build): JsonObject {
  const { settings } = build;
  const log = logOf(build);
  const last = build.phases.at(-1);
  return {
    'build-status': build.status,
    'project-name': build.project,
    'build-id': store.buildArn(build.id),
    'current-phase': last?.type ?? 'SUBMITTED',
    'current-phase-context': contextOf(last),
    version: '1',
    'additional-information': {
      'build-complete': build.status !== 'IN_PROGRESS',
      'build-number': build.number,
      initiator: build.initiator,
      'build-start-time': dateText(build.startedAt),
      'timeout-in-minutes': settings.timeoutInMinutes,
      source: withoutUndefined({ type: settings.source.type, location: settings.source.location }),
      artifact: withoutUndefined({ location: build.artifactLocation }),
      environment: {
        image: settings.environment.image,
        type: settings.environment.type,
        'compute-type': settings.environment.computeType,
        'privileged-mode': settings.environment.privilegedMode,
        'environment-variables': settings.environment.environmentVariables.map(({ name, type }) => ({ name, type })),
      },
      logs: log ? { 'group-name': log.group, 'stream-name': log.stream } : {},
      phases: build.phases.map(describePhase),
    },
  };
}

function describePhase(phase: BuildPhase): JsonObject {
  const { type, status, startedAt, endedAt } = phase;
  return withoutUndefined({
    'phase-type': type,
    'phase-status': status,
    'phase-context': status === undefined ? undefined : [contextOf(phase)],
    'start-time': dateText(startedAt),
    'end-time': endedAt === undefined ? undefined : dateText(endedAt),
    'duration-in-seconds': endedAt === undefined ? undefined : Math.floor((endedAt - startedAt) / 1000),
  });
}

function contextOf(phase: BuildPhase | undefined): string {
  return `[${phase?.context ? `${phase.context.code}: ${phase.context.message}` : ': '}]`;
}

/** `Sep 1, 2017 4:12:29 PM` */
function dateText(at: number): string {
  const format = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-US', format)
    .format(at)
    .replace(/(\d{4}),/, '$1')
    .replaceAll('\u202f', ' ');
}

function withoutUndefined(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((member): member is [string, Json] => member[1] !== undefined),
  );
}
