import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CodePipelineClient } from '@aws-sdk/client-codepipeline';
import { systemClock } from '../layer/clock.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { reconcile } from './reconcile.ts';

const { PIPELINE_NAME, ...tables } = readEnvironment(
  'PIPELINE_NAME',
  'TENANTS_TABLE',
  'REGISTRATIONS_TABLE',
  'TENANT_STACK_MAPPING_TABLE',
  'PROVISIONING_RUNS_TABLE',
  'ROLLOUTS_TABLE',
  'FINDINGS_TABLE',
  'AUDIT_LOG_TABLE',
);
const dependencies = {
  documents: createDocuments(),
  codepipeline: new CodePipelineClient({}),
  cloudformation: new CloudFormationClient({}),
  pipelineName: PIPELINE_NAME,
  tables,
  clock: systemClock,
};

/** Called by a schedule; answers what it found. */
export const handler = observe(async () => ({ findings: await reconcile(dependencies) }));
