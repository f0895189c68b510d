import { parse } from 'yaml';
import { z } from 'zod';
import { AwsError } from '../../../errors.ts';
import { readInput } from '../../read-input.ts';

const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected letters, digits and _');
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const commands = z.array(scalar);

const phase = z.strictObject({
  commands: commands.default([]),
  finally: commands.default([]),
  'on-failure': z.enum(['ABORT', 'CONTINUE']).optional(),
  /** Taken and not acted on: what there is is the host's. */
  'runtime-versions': z.record(z.string(), scalar).optional(),
});

const artifact = z.strictObject({
  files: z.array(z.string().min(1)).min(1),
  name: z.string().optional(),
  'base-directory': z.string().optional(),
  'discard-paths': z.preprocess((value) => value === true || value === 'yes', z.boolean()).default(false),
  'exclude-paths': z.array(z.string()).default([]),
});

/** Source: CodeBuild user guide, "Build specification reference for CodeBuild". */
const buildspec = z.strictObject({
  version: scalar.refine((version) => version === '0.2', 'expected 0.2'),
  env: z
    .strictObject({
      shell: z.enum(['bash', 'sh']).default('sh'),
      variables: z.record(name, scalar).default({}),
      'parameter-store': z.record(name, z.string()).default({}),
      'exported-variables': z.array(name).default([]),
    })
    .default({ shell: 'sh', variables: {}, 'parameter-store': {}, 'exported-variables': [] }),
  phases: z.strictObject({
    install: phase.optional(),
    pre_build: phase.optional(),
    build: phase.optional(),
    post_build: phase.optional(),
  }),
  artifacts: artifact
    .partial({ files: true })
    .extend({ 'secondary-artifacts': z.record(z.string(), artifact).optional() })
    .optional(),
  /** Taken and not acted on: nothing is kept between builds. */
  cache: z.strictObject({ paths: z.array(z.string()).optional() }).optional(),
});

export type Buildspec = z.infer<typeof buildspec>;
export type BuildspecPhase = z.infer<typeof phase>;
export type ArtifactRule = z.infer<typeof artifact>;

/** Throws AwsError YAML_FILE_ERROR that says which member is wrong. */
export function parseBuildspec(text: string): Buildspec {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new AwsError('YAML_FILE_ERROR', `The buildspec is no YAML: ${(error as Error).message}`);
  }
  return readInput(buildspec, value, 'YAML_FILE_ERROR');
}
