import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import type { Builds } from '../running/builds.ts';
import type { BuildStore } from '../store.ts';
import { describeBuild } from './describe-build.ts';
import { codebuildOperation, invalidInput } from './operation.ts';
import { initiatorOf } from './start-build.ts';

/** Starts a build anew with the settings that it had. */
export function retryBuild(store: BuildStore, builds: Builds): Operation {
  const input = z.object({ id: z.string().min(1), idempotencyToken: z.string().optional() });
  return codebuildOperation(input, async (call, { id, idempotencyToken }) => {
    call.authorize('codebuild:RetryBuild', store.projectArn(id.split(':')[0] ?? ''));
    const { project, settings, sourceVersion, artifacts } = store.buildOf(id);
    if (artifacts) throw invalidInput(`Build ${id} was started by a pipeline: retry the pipeline's stage`);
    const initiator = initiatorOf(call);
    const build = await builds.start({ project, settings, initiator, sourceVersion, idempotencyToken });
    return { build: describeBuild(store, build) };
  });
}
