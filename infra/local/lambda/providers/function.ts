import { z } from 'zod';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { storeCode, type CodeSource } from '../code/store-code.ts';
import { readEntries } from '../code/unpack-code.ts';
import { invalid, newSettings, parseInput, settingsShape } from '../registry/settings.ts';
import type { FunctionCode, FunctionSettings } from '../model.ts';
import { assumeFunctionRole } from '../pool/start-worker.ts';
import type { Parts } from '../service-parts.ts';
import { generatedName } from './names.ts';

const shape = settingsShape
  .extend({
    FunctionName: z
      .string()
      .regex(/^[\w-]{1,64}$/, 'expected a function name')
      .optional(),
    Code: z.strictObject({
      ZipFile: z.string().optional(),
      S3Bucket: z.string().optional(),
      S3Key: z.string().optional(),
      S3ObjectVersion: z.string().optional(),
    }),
    ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
    RuntimeManagementConfig: z.strictObject({ UpdateRuntimeOn: z.enum(['Auto', 'FunctionUpdate']) }).optional(),
    RecursiveLoop: z.enum(['Allow', 'Terminate']).optional(),
    Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  })
  .strict();

type Input = z.infer<typeof shape>;

/** AWS::Lambda::Function */
export function functionProvider(parts: Pick<Parts, 'registry' | 'permissions' | 'identity' | 'objects' | 'state'>) {
  const { registry, permissions, identity } = parts;

  const read = async (name: string, properties: JsonObject, stackTags: Readonly<Record<string, string>>) => {
    const input = parseInput(shape, properties);
    const settings = settingsOf(name, input, stackTags);
    assumeFunctionRole(identity, settings.role, name);
    const code = await storeCode(sourceOf(input), parts);
    readEntries(await parts.state.blobs.get(code.sha256));
    return { settings, code } satisfies { settings: FunctionSettings; code: FunctionCode };
  };
  const describe = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: registry.arn({ name }) },
  });

  return {
    type: 'AWS::Lambda::Function',
    properties: Object.keys(shape.shape),
    replacedBy: ['FunctionName', 'PackageType'],
    async create(request) {
      const { properties, token, tags } = request;
      const given = properties['FunctionName'];
      const name = typeof given === 'string' ? given : generatedName(request);
      const { settings, code } = await read(name, properties, tags);
      await registry.create(name, settings, code, token);
      return describe(name);
    },
    async update({ physicalId, properties, tags }) {
      const { settings, code } = await read(physicalId, properties, tags);
      await registry.change(physicalId, settings, code);
      return describe(physicalId);
    },
    async delete({ physicalId }) {
      await registry.delete(physicalId);
      await permissions.deleteAll(physicalId);
    },
  } satisfies ResourceProvider;
}

/** Everything anew: a property that a template no longer has goes back to its default. */
function settingsOf(name: string, input: Input, stackTags: Readonly<Record<string, string>>): FunctionSettings {
  const own = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  return {
    ...newSettings(name, input),
    tags: { ...stackTags, ...own },
    reservedConcurrency: input.ReservedConcurrentExecutions,
  };
}

function sourceOf({ Code: { ZipFile, S3Bucket, S3Key, S3ObjectVersion } }: Input): CodeSource {
  if (ZipFile !== undefined) return { text: ZipFile };
  if (S3Bucket !== undefined && S3Key !== undefined) return { bucket: S3Bucket, key: S3Key, version: S3ObjectVersion };
  throw invalid('Code has neither ZipFile nor S3Bucket and S3Key');
}
