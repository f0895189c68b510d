import { jsonProtocol } from '../../front-door/protocols/json.ts';
import type { ApiService, ResourceProvider } from '../../service.ts';
import type { PipelineDependencies } from '../dependencies.ts';
import { listBuilds } from './operations/list-builds.ts';
import { projectOperations } from './operations/projects.ts';
import { retryBuild } from './operations/retry-build.ts';
import { startBuild } from './operations/start-build.ts';
import { stopBuild } from './operations/stop-build.ts';
import { projectProvider } from './providers/project.ts';
import { type Builds, createBuilds } from './running/builds.ts';
import { type BuildStore, createBuildStore } from './store.ts';

export interface CodeBuild {
  readonly store: BuildStore;
  readonly builds: Builds;
  readonly api: ApiService;
  readonly provider: ResourceProvider;
}

export function createCodeBuild(dependencies: PipelineDependencies): CodeBuild {
  const store = createBuildStore(dependencies);
  const builds = createBuilds(store, dependencies);
  const operations = {
    StartBuild: startBuild(store, builds),
    StopBuild: stopBuild(store, builds),
    RetryBuild: retryBuild(store, builds),
    ...listBuilds(store),
    ...projectOperations(store),
  };
  return {
    store,
    builds,
    api: jsonProtocol({ signingName: 'codebuild', targetPrefix: 'CodeBuild_20161006', version: '1.1', operations }),
    provider: projectProvider(store),
  };
}
