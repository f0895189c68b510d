import {
  BatchGetBuildsCommand,
  type Build,
  StartBuildCommand,
  type StartBuildCommandInput,
} from '@aws-sdk/client-codebuild';
import { expect } from 'vitest';
import type { GivenPipelines } from './given-pipelines.ts';
import { finished } from './observe.ts';

/** For projects that no pipeline starts. */
export const direct = { Artifacts: { Type: 'NO_ARTIFACTS' } };

export function driveBuilds(given: GivenPipelines) {
  const start = async (projectName: string, more: Partial<StartBuildCommandInput> = {}): Promise<string> => {
    const { build } = await given.codebuild.send(new StartBuildCommand({ projectName, ...more }));
    return build?.id as string;
  };
  const buildOf = async (id: string): Promise<Build> => {
    const { builds = [] } = await given.codebuild.send(new BatchGetBuildsCommand({ ids: [id] }));
    return builds[0] as Build;
  };
  const ended = async (id: string): Promise<Build> => {
    await expect.poll(async () => (await buildOf(id)).buildComplete, finished).toBe(true);
    return await buildOf(id);
  };
  return {
    start,
    buildOf,
    ended,
    run: async (name: string, more: Partial<StartBuildCommandInput> = {}): Promise<Build> =>
      await ended(await start(name, more)),
    project: async (name: string, buildspec: object | string, more = {}): Promise<void> => {
      const text = typeof buildspec === 'string' ? buildspec : JSON.stringify({ version: '0.2', ...buildspec });
      await given.project(name, '', { ...direct, Source: { Type: 'NO_SOURCE', BuildSpec: text }, ...more });
    },
    log: (name: string): string[] => given.logOf(`/aws/codebuild/${name}`),
  };
}
