import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import type { Builds } from '../running/builds.ts';
import type { BuildStore } from '../store.ts';
import { describeBuild } from './describe-build.ts';
import { codebuildOperation } from './operation.ts';

/** Answers once the build and all that it started are gone. A build that has ended stays as it is. */
export function stopBuild(store: BuildStore, builds: Builds): Operation {
  return codebuildOperation(z.object({ id: z.string().min(1) }), async (call, { id }) => {
    call.authorize('codebuild:StopBuild', store.projectArn(id.split(':')[0] ?? ''));
    store.buildOf(id);
    await builds.stop(id);
    return { build: describeBuild(store, store.buildOf(id)) };
  });
}
