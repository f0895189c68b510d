import { z } from 'zod';
import { flag, integer } from '../read-input.ts';

export const projectName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9\-_]{1,254}$/, 'expected 2 to 255 letters, digits, - and _ that start with no sign');

const text = z.string().max(20_000);

/** `CODEBUILD_…` belongs to CodeBuild. Source: CodeBuild user guide, "Environment variables in build environments". */
export const environmentVariable = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected letters, digits and _')
    .refine((name) => !name.startsWith('CODEBUILD_'), 'names that start with CODEBUILD_ are reserved'),
  value: z.string().refine((value) => !value.includes('\0'), 'expected no null character'),
  type: z.enum(['PLAINTEXT', 'PARAMETER_STORE']).default('PLAINTEXT'),
});

const source = z.strictObject({
  type: z.enum(['CODEPIPELINE', 'S3', 'NO_SOURCE']),
  location: text.optional(),
  buildspec: text.optional(),
});

export const projectArtifacts = z.strictObject({
  type: z.enum(['CODEPIPELINE', 'S3', 'NO_ARTIFACTS']),
  location: text.optional(),
  path: text.optional(),
  name: text.optional(),
  namespaceType: z.enum(['NONE', 'BUILD_ID']).default('NONE'),
  packaging: z.enum(['NONE', 'ZIP']).default('NONE'),
  overrideArtifactName: flag.optional(),
  encryptionDisabled: flag.optional(),
});

const logsConfig = z.strictObject({
  cloudWatchLogs: z
    .strictObject({
      status: z.enum(['ENABLED', 'DISABLED']),
      groupName: text.optional(),
      streamName: text.optional(),
    })
    .optional(),
  s3Logs: z.strictObject({ status: z.literal('DISABLED') }).optional(),
});

/**
 * What a project can be told, by the API's names. Strict: what is not here is refused by name.
 * Source: CodeBuild API reference, CreateProject.
 */
export const projectSettings = z
  .strictObject({
    description: z.string().max(255).optional(),
    source,
    artifacts: projectArtifacts,
    secondaryArtifacts: z.array(z.never()).optional(),
    secondarySources: z.array(z.never()).optional(),
    cache: z.strictObject({ type: z.enum(['NO_CACHE', 'LOCAL']), modes: z.array(text).optional() }).optional(),
    environment: z.strictObject({
      type: text,
      image: text,
      computeType: text,
      environmentVariables: z.array(environmentVariable).default([]),
      privilegedMode: flag.default(false),
      imagePullCredentialsType: text.optional(),
    }),
    serviceRole: z.string().regex(/^arn:[^:]+:iam::\d*:role\//, "expected a role's ARN"),
    timeoutInMinutes: integer(5, 2160).default(60),
    queuedTimeoutInMinutes: integer(5, 480).default(480),
    encryptionKey: text.optional(),
    logsConfig: logsConfig.optional(),
    concurrentBuildLimit: integer(1, 10_000).optional(),
    badgeEnabled: z.literal(false).optional(),
    visibility: z.literal('PRIVATE').optional(),
    tags: z.array(z.strictObject({ key: text, value: z.coerce.string() })).default([]),
  })
  .refine(({ source: { type, location } }) => type !== 'S3' || /^[^/]+\/.+/.test(location ?? ''), {
    message: 'a source of type S3 needs its location, <bucket>/<key>',
    path: ['source', 'location'],
  })
  .refine(({ artifacts: { type, location } }) => type !== 'S3' || (location ?? '') !== '', {
    message: 'artifacts of type S3 need the name of their bucket',
    path: ['artifacts', 'location'],
  })
  .refine(({ source: of, artifacts: to }) => (of.type === 'CODEPIPELINE') === (to.type === 'CODEPIPELINE'), {
    message: 'source and artifacts are both of type CODEPIPELINE or neither is',
    path: ['artifacts', 'type'],
  })
  .refine(({ source: { type, buildspec } }) => type !== 'NO_SOURCE' || buildspec !== undefined, {
    message: 'a project without source needs a buildspec',
    path: ['source', 'buildspec'],
  });

export type ProjectSettings = z.infer<typeof projectSettings>;
