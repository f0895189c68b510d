import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import { pageOf } from '../../read-input.ts';
import type { BuildStore } from '../store.ts';
import { describeBuild } from './describe-build.ts';
import { codebuildOperation } from './operation.ts';

const code = 'InvalidInputException';
const page = {
  nextToken: z.string().optional(),
  sortOrder: z.enum(['ASCENDING', 'DESCENDING']).default('DESCENDING'),
};
const ids = z.object({ ids: z.array(z.string()).min(1).max(100) });

/** BatchGetBuilds, ListBuilds, ListBuildsForProject: a hundred a page, the newest first unless asked. */
export function listBuilds(store: BuildStore): Record<string, Operation> {
  const list = (token: string | undefined, order: string, project?: string) => {
    const builds = store.buildsOf(project).map(({ id }) => id);
    if (order === 'ASCENDING') builds.reverse();
    const { items, nextToken } = pageOf(builds, { size: 100, token, code });
    return { ids: items, nextToken };
  };

  return {
    BatchGetBuilds: codebuildOperation(ids, (call, { ids: wanted }) => {
      for (const id of wanted) call.authorize('codebuild:BatchGetBuilds', store.projectArn(id.split(':')[0] ?? ''));
      // A build is named by its id or its ARN.
      const named = wanted.map((id) => id.slice(id.indexOf(':build/') < 0 ? 0 : id.indexOf(':build/') + 7));
      const found = named.flatMap((id) => store.builds.get(id) ?? []);
      return {
        builds: found.map((build) => describeBuild(store, build)),
        buildsNotFound: wanted.filter((_, index) => !store.builds.has(named[index] ?? '')),
      };
    }),
    ListBuilds: codebuildOperation(z.object(page), (call, { nextToken, sortOrder }) => {
      call.authorize('codebuild:ListBuilds', '*');
      return list(nextToken, sortOrder);
    }),
    ListBuildsForProject: codebuildOperation(
      z.object({ ...page, projectName: z.string().min(1) }),
      (call, { projectName, nextToken, sortOrder }) => {
        call.authorize('codebuild:ListBuildsForProject', store.projectArn(projectName));
        return list(nextToken, sortOrder, store.projectOf(projectName).name);
      },
    ),
  };
}
