import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import type { Build } from '../../codebuild/model.ts';
import { overriddenSettings } from '../../codebuild/operations/start-build.ts';
import { environmentVariable } from '../../codebuild/project-settings.ts';
import { readInput } from '../../read-input.ts';
import { succeededRuns } from '../execution/resolve-variables.ts';
import type { ArtifactLocation } from '../model.ts';
import type { ActionProvider, ActionRun } from './provider.ts';

/** A build that the host's death cut off is started again, so often at most: it may be what ends the host. */
const mostBuilds = 3;

/** Source: CodePipeline user guide, "AWS CodeBuild build and test action reference". */
export const codeBuildProvider: ActionProvider = {
  configuration: ['ProjectName', 'PrimarySource', 'EnvironmentVariables'],
  required: ['ProjectName'],
  inputs: [1, 5],
  outputs: [0, 5],
  refuse: ({ inputArtifacts, configuration: { PrimarySource: primary } }) => {
    if (inputArtifacts.length > 1 && primary === undefined) return 'several input artifacts need a PrimarySource';
    if (primary !== undefined && !inputArtifacts.some(({ name }) => name === primary))
      return `the PrimarySource ${primary} is none of its input artifacts`;
    return undefined;
  },

  async run(run) {
    const build = await runBuilds(run);
    const variables = Object.fromEntries(build.exported.map(({ name, value }) => [name, value]));
    if (build.status === 'SUCCEEDED') return { variables, summary: '' };
    const context = build.phases.find(({ status, context: found }) => status !== 'SUCCEEDED' && found)?.context;
    const reason = context ? ` ${context.code}: ${context.message}` : '';
    throw new AwsError('JobFailed', `Build terminated with state: ${build.status}.${reason}`);
  },
};

/** Waits for the build that runs, or starts one; again where the local cloud itself had ended it. */
async function runBuilds(run: ActionRun): Promise<Build> {
  const { store, builds } = run.codebuild;
  const { identity } = run.dependencies;
  let started = run.record.builds ?? [];
  for (;;) {
    const last = store.builds.get(started.at(-1) ?? '');
    if (last && (last.status !== 'FAULT' || started.length >= mostBuilds)) {
      const stop = (): void => {
        if (run.signal.reason !== 'abandoned') return;
        identity.authorize(run.principal, 'codebuild:StopBuild', store.projectArn(last.project));
        void builds.stop(last.id);
      };
      run.signal.addEventListener('abort', stop, { once: true });
      const ended = await builds.ended(last.id).finally(() => run.signal.removeEventListener('abort', stop));
      if (ended.status !== 'FAULT' || started.length >= mostBuilds) return ended;
      continue;
    }
    const build = await startBuild(run, started.length);
    started = [...started, build.id];
    await run.note({ builds: started, externalId: build.id });
  }
}

async function startBuild(run: ActionRun, before: number): Promise<Build> {
  const { configuration, execution, inputs, outputs, principal, dependencies, codebuild } = run;
  const { store, builds } = codebuild;
  const name = configuration['ProjectName'] ?? '';
  for (const action of ['codebuild:StartBuild', 'codebuild:BatchGetBuilds'])
    dependencies.identity.authorize(principal, action, store.projectArn(name));
  const project = store.projectOf(name);
  if (project.settings.source.type !== 'CODEPIPELINE')
    throw new AwsError('ConfigurationError', `Project ${name} does not take its source from a pipeline`);
  // A host that died before it noted the build finds it again.
  const idempotencyToken = `${run.record.id}/${before}`;
  const known = store.buildsOf(name).find((build) => build.idempotencyToken === idempotencyToken);
  if (known) return known;
  const primary = configuration['PrimarySource'];
  const first = inputs.find((input) => input.name === primary) ?? inputs[0];
  return await builds.start({
    project: name,
    settings: overriddenSettings(project, { environmentVariablesOverride: variablesOf(run) }),
    initiator: `codepipeline/${execution.pipeline}`,
    sourceVersion: revisionOf(run, first),
    idempotencyToken,
    artifacts: { inputs: first ? [first, ...inputs.filter((input) => input !== first)] : [], outputs },
  });
}

/** Resolved after the JSON is read, so that no value can change what the JSON says. */
function variablesOf({ declaration, resolve }: ActionRun) {
  const text = declaration.configuration['EnvironmentVariables'];
  if (text === undefined) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AwsError('ConfigurationError', 'EnvironmentVariables is no JSON');
  }
  const given = readInput(z.array(environmentVariable), value, 'ConfigurationError');
  const resolved = given.map((variable) => ({ ...variable, value: resolve(variable.value) }));
  return readInput(z.array(environmentVariable), resolved, 'ConfigurationError');
}

function revisionOf({ execution }: ActionRun, input: ArtifactLocation | undefined): string | undefined {
  const made = succeededRuns(execution).findLast(({ outputs }) => outputs.some(({ name }) => name === input?.name));
  return made?.revision?.id;
}
