import { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { FunctionSettings } from '../model.ts';
import { reservedVariables } from '../pool/worker-environment.ts';

const level = z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL']);

/**
 * Members that CreateFunction, UpdateFunctionConfiguration and AWS::Lambda::Function have in common. Limits: Lambda API
 * reference, CreateFunction.
 */
export const settingsShape = z.object({
  Runtime: z
    .string()
    .regex(/^nodejs\d+\.x$/, 'expected a Node.js runtime, nodejs22.x for one: no other runs here')
    .optional(),
  Handler: z.string().min(1).max(128).optional(),
  Role: z
    .string()
    .regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, 'expected the ARN of a role')
    .optional(),
  Description: z.string().max(256).optional(),
  Timeout: z.coerce.number().int().min(1).max(900).optional(),
  MemorySize: z.coerce.number().int().min(128).max(10_240).optional(),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).optional() }).optional(),
  Architectures: z
    .array(z.enum(['x86_64', 'arm64']))
    .length(1)
    .optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']).optional() }).optional(),
  EphemeralStorage: z.strictObject({ Size: z.coerce.number().int().min(512).max(10_240) }).optional(),
  LoggingConfig: z
    .strictObject({
      LogGroup: z.string().min(1).max(512).optional(),
      LogFormat: z.enum(['Text', 'JSON']).optional(),
      ApplicationLogLevel: level.optional(),
      SystemLogLevel: z.enum(['DEBUG', 'INFO', 'WARN']).optional(),
    })
    .optional(),
  SnapStart: z
    .strictObject({ ApplyOn: z.literal('None', 'SnapStart is not for Node.js: expected None').optional() })
    .optional(),
  PackageType: z.literal('Zip', 'Images do not run here: expected Zip').optional(),
});

export type SettingsInput = z.infer<typeof settingsShape>;

/** Throws InvalidParameterValueException naming the first member that is wrong. */
export function parseInput<Shape extends z.ZodType>(shape: Shape, input: unknown): z.infer<Shape> {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const member = issue?.path.join('.') || 'the input';
  throw invalid(`1 validation error detected: ${member}: ${issue?.message ?? 'not valid'}`);
}

/** What the input says and, for what it leaves out, the given settings. */
export function mergeSettings(input: SettingsInput, otherwise: FunctionSettings): FunctionSettings {
  const { LoggingConfig: logging } = input;
  const environment = input.Environment?.Variables ?? otherwise.environment;
  checkVariables(environment);
  return {
    runtime: input.Runtime ?? otherwise.runtime,
    handler: input.Handler ?? otherwise.handler,
    role: input.Role ?? otherwise.role,
    description: input.Description ?? otherwise.description,
    timeout: input.Timeout ?? otherwise.timeout,
    memorySize: input.MemorySize ?? otherwise.memorySize,
    environment,
    architectures: input.Architectures ?? otherwise.architectures,
    tracing: input.TracingConfig?.Mode ?? otherwise.tracing,
    ephemeralStorage: input.EphemeralStorage?.Size ?? otherwise.ephemeralStorage,
    logging: {
      group: logging?.LogGroup ?? otherwise.logging.group,
      format: logging?.LogFormat ?? otherwise.logging.format,
      applicationLevel: logging?.ApplicationLogLevel ?? otherwise.logging.applicationLevel,
      systemLevel: logging?.SystemLogLevel ?? otherwise.logging.systemLevel,
    },
    tags: otherwise.tags,
    reservedConcurrency: otherwise.reservedConcurrency,
  };
}

/** The settings of a function that is made. Throws InvalidParameterValueException if something needed is missing. */
export function newSettings(name: string, input: SettingsInput): FunctionSettings {
  const { Runtime: runtime, Handler: handler, Role: role } = input;
  if (runtime === undefined || handler === undefined) throw invalid('Runtime and Handler are mandatory parameters');
  if (role === undefined) throw invalid('Role is a mandatory parameter');
  return mergeSettings(input, {
    runtime,
    handler,
    role,
    description: '',
    timeout: 3,
    memorySize: 128,
    environment: {},
    architectures: ['x86_64'],
    tracing: 'PassThrough',
    ephemeralStorage: 512,
    logging: { group: `/aws/lambda/${name}`, format: 'Text', applicationLevel: 'INFO', systemLevel: 'INFO' },
    tags: {},
  });
}

const variablesLimit = 4096;

function checkVariables(variables: Readonly<Record<string, string>>): void {
  const prefix = 'Lambda was unable to configure your environment variables because the environment variables you have';
  const reserved = Object.keys(variables).filter((name) => reservedVariables.has(name));
  if (reserved.length > 0) {
    throw invalid(
      `${prefix} provided contains reserved keys that are currently not supported for modification. ` +
        `Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  if (Buffer.byteLength(JSON.stringify(variables)) > variablesLimit) {
    throw invalid(`${prefix} provided exceeded the 4KB limit.`);
  }
}

export function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });
}
