import { z } from 'zod';
import type { Operation } from '../../../service.ts';
import { pageOf } from '../../read-input.ts';
import type { Project } from '../model.ts';
import type { BuildStore } from '../store.ts';
import { codebuildOperation } from './operation.ts';

/** BatchGetProjects and ListProjects. */
export function projectOperations(store: BuildStore): Record<string, Operation> {
  const describe = ({ name, settings, createdAt, modifiedAt }: Project) => ({
    name,
    arn: store.projectArn(name),
    ...settings,
    badge: { badgeEnabled: false },
    created: new Date(createdAt),
    lastModified: new Date(modifiedAt),
  });

  return {
    BatchGetProjects: codebuildOperation(
      z.object({ names: z.array(z.string()).min(1).max(100) }),
      (call, { names }) => {
        for (const name of names) call.authorize('codebuild:BatchGetProjects', store.projectArn(name));
        return {
          projects: names.flatMap((name) => store.projects.get(name) ?? []).map(describe),
          projectsNotFound: names.filter((name) => !store.projects.has(name)),
        };
      },
    ),
    ListProjects: codebuildOperation(z.object({ nextToken: z.string().optional() }), (call, { nextToken: token }) => {
      call.authorize('codebuild:ListProjects', '*');
      const names = [...store.projects.ids()].sort();
      const { items, nextToken } = pageOf(names, { size: 100, token, code: 'InvalidInputException' });
      return { projects: items, nextToken };
    }),
  };
}
