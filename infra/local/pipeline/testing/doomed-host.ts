/**
 * A host of its own, for a suite to kill: `node bin/run.mjs doomed-host.ts COMMAND` builds with that endless command, and
 * says `running` once it runs.
 */
import { StartBuildCommand } from '@aws-sdk/client-codebuild';
import { givenPipelines } from './given-pipelines.ts';

const command = process.argv[2] ?? '';
const given = await givenPipelines();
const buildspec = { version: '0.2', phases: { build: { commands: [`echo running; ${command} & ${command}`] } } };
await given.project('doomed', '', {
  Artifacts: { Type: 'NO_ARTIFACTS' },
  Source: { Type: 'NO_SOURCE', BuildSpec: JSON.stringify(buildspec) },
});
await given.codebuild.send(new StartBuildCommand({ projectName: 'doomed' }));
setInterval(() => {
  if (given.logOf('/aws/codebuild/doomed').includes('running')) process.stdout.write('running\n');
}, 20);
