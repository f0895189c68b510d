import { z } from 'zod';
import { flag, integer } from '../../read-input.ts';

/** Source: CodePipeline API reference, PipelineDeclaration, StageDeclaration, ActionDeclaration. */
const word = z.string().regex(/^[A-Za-z0-9.@\-_]{1,100}$/, 'expected 1 to 100 of letters, digits, . @ - _');
const variableName = z.string().regex(/^[A-Za-z0-9@\-_]{1,128}$/, 'expected 1 to 128 of letters, digits, @ - _');
const artifactName = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'expected 1 to 100 of letters, digits, - _');
const role = z.string().regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/, "expected a role's ARN");

export const pipelineName = word;

const action = z.strictObject({
  name: word,
  actionTypeId: z.strictObject({
    category: z.string(),
    owner: z.string(),
    provider: z.string(),
    version: z.string().default('1'),
  }),
  runOrder: integer(1, 999).default(1),
  // CloudFormation gives flags as they are.
  configuration: z.record(z.string(), z.union([z.string(), z.boolean(), z.number()]).transform(String)).default({}),
  inputArtifacts: z.array(z.strictObject({ name: artifactName })).default([]),
  outputArtifacts: z.array(z.strictObject({ name: artifactName })).default([]),
  roleArn: role.optional(),
  namespace: variableName.optional(),
  region: z.string().optional(),
  timeoutInMinutes: integer(5, 86_400).optional(),
});

const stage = z.strictObject({ name: word, actions: z.array(action).min(1).max(50) });

export const declaration = z.strictObject({
  name: pipelineName,
  roleArn: role,
  artifactStore: z.strictObject({ type: z.literal('S3'), location: z.string().min(3) }),
  stages: z.array(stage).max(50),
  executionMode: z.enum(['SUPERSEDED', 'QUEUED', 'PARALLEL']).default('SUPERSEDED'),
  pipelineType: z.enum(['V1', 'V2']).default('V1'),
  variables: z
    .array(
      z.strictObject({
        name: variableName,
        defaultValue: z.string().max(1000).optional(),
        description: z.string().max(200).optional(),
      }),
    )
    .max(50)
    .default([]),
  /** Taken from what GetPipeline answered, and not acted on. */
  version: z.number().optional(),
  restartExecutionOnUpdate: flag.optional(),
});

export type Declaration = Omit<z.infer<typeof declaration>, 'version' | 'restartExecutionOnUpdate'>;
export type StageDeclaration = z.infer<typeof stage>;
export type ActionDeclaration = z.infer<typeof action>;
