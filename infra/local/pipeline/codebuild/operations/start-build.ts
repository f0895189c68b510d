import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Call, Operation } from '../../../service.ts';
import { integer, readInput } from '../../read-input.ts';
import type { Build, Project } from '../model.ts';
import { environmentVariable, projectArtifacts, type ProjectSettings, projectSettings } from '../project-settings.ts';
import type { Builds, StartRequest } from '../running/builds.ts';
import type { BuildStore } from '../store.ts';
import { describeBuild } from './describe-build.ts';
import { codebuildOperation, invalidInput } from './operation.ts';

/** What StartBuild may override. Strict: an override that is not honoured is refused by name. */
export const startBuildInput = z.strictObject({
  projectName: z.string().min(1),
  sourceVersion: z.string().optional(),
  artifactsOverride: projectArtifacts.optional(),
  environmentVariablesOverride: z.array(environmentVariable).default([]),
  sourceTypeOverride: z.enum(['CODEPIPELINE', 'S3', 'NO_SOURCE']).optional(),
  sourceLocationOverride: z.string().optional(),
  buildspecOverride: z.string().optional(),
  timeoutInMinutesOverride: integer(5, 2160).optional(),
  queuedTimeoutInMinutesOverride: integer(5, 480).optional(),
  serviceRoleOverride: z.string().optional(),
  idempotencyToken: z.string().optional(),
});

export type StartBuildInput = z.infer<typeof startBuildInput>;

/** Source: CodeBuild API reference, StartBuild: a token is good for five minutes. */
const tokenLifetime = 5 * 60_000;

export function startBuild(store: BuildStore, builds: Builds): Operation {
  return codebuildOperation(startBuildInput, async (call, input) => {
    call.authorize('codebuild:StartBuild', store.projectArn(input.projectName));
    const project = store.projectOf(input.projectName);
    const settings = overriddenSettings(project, input);
    if (settings.source.type === 'CODEPIPELINE')
      throw invalidInput(
        `Project ${project.name} takes its source from a pipeline: start the pipeline, or override the source`,
      );
    const known = buildOfToken(store, input);
    if (known) return { build: describeBuild(store, known) };
    const build = await builds.start({
      project: project.name,
      settings,
      initiator: initiatorOf(call),
      sourceVersion: input.sourceVersion,
      idempotencyToken: input.idempotencyToken,
    } satisfies StartRequest);
    return { build: describeBuild(store, build) };
  });
}

/** The project's settings with what a start overrides; variables of the same name give way. */
export function overriddenSettings({ settings }: Project, input: Partial<StartBuildInput>): ProjectSettings {
  const overriding = new Set((input.environmentVariablesOverride ?? []).map(({ name }) => name));
  const kept = settings.environment.environmentVariables.filter(({ name }) => !overriding.has(name));
  const changed = {
    ...settings,
    source: {
      ...settings.source,
      type: input.sourceTypeOverride ?? settings.source.type,
      location: input.sourceLocationOverride ?? settings.source.location,
      buildspec: input.buildspecOverride ?? settings.source.buildspec,
    },
    artifacts: input.artifactsOverride ?? settings.artifacts,
    environment: {
      ...settings.environment,
      environmentVariables: [...kept, ...(input.environmentVariablesOverride ?? [])],
    },
    timeoutInMinutes: input.timeoutInMinutesOverride ?? settings.timeoutInMinutes,
    queuedTimeoutInMinutes: input.queuedTimeoutInMinutesOverride ?? settings.queuedTimeoutInMinutes,
    serviceRole: input.serviceRoleOverride ?? settings.serviceRole,
  };
  return readInput(projectSettings, changed, 'InvalidInputException');
}

function buildOfToken(store: BuildStore, { projectName, idempotencyToken: token }: StartBuildInput): Build | undefined {
  if (token === undefined) return undefined;
  const since = store.clock.now() - tokenLifetime;
  return store.buildsOf(projectName).find((build) => build.idempotencyToken === token && build.startedAt >= since);
}

/** The session's name, `<role>/<session>`, or `root`. */
export function initiatorOf({ principal: { arn } }: Call): string {
  return arn.slice(arn.indexOf('/') + 1).replace(/^arn:.*:/, '');
}

export function noSuchBuild(id: string): AwsError {
  return invalidInput(`Invalid build ID: ${id}`);
}
