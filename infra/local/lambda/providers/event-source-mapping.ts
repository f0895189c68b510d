import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import { parseInput } from '../registry/settings.ts';
import type { MappingSettings } from '../model.ts';
import type { Parts } from '../service-parts.ts';
import { formatUuid } from '../uuid.ts';

/** Limits: Lambda API reference, CreateEventSourceMapping. */
const shape = z.strictObject({
  FunctionName: z.string().min(1),
  EventSourceArn: z.string().regex(/^arn:[\w-]+:dynamodb:.+:table\/.+\/stream\/.+$/, 'expected a DynamoDB stream'),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']),
  Enabled: z.boolean().optional(),
  BatchSize: z.coerce.number().int().min(1).max(10_000).optional(),
  MaximumBatchingWindowInSeconds: z.coerce.number().int().min(0).max(300).optional(),
  ParallelizationFactor: z.coerce.number().int().min(1).max(10).optional(),
  BisectBatchOnFunctionError: z.boolean().optional(),
  MaximumRetryAttempts: z.coerce.number().int().min(-1).max(10_000).optional(),
  MaximumRecordAgeInSeconds: z.coerce
    .number()
    .int()
    .min(-1)
    .max(604_800)
    .refine((age) => age === -1 || age >= 60, 'expected -1, or 60 or more')
    .optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  FilterCriteria: z
    .strictObject({
      Filters: z
        .array(z.strictObject({ Pattern: z.string().max(4096) }))
        .max(10)
        .optional(),
    })
    .optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

type Input = z.infer<typeof shape>;

/** AWS::Lambda::EventSourceMapping, of DynamoDB streams */
export function eventSourceMappingProvider({
  registry,
  mappings,
  environment,
}: Pick<Parts, 'registry' | 'mappings' | 'environment'>): ResourceProvider {
  const { partition, region, accountId } = environment;
  const describe = (id: string): ResourceResult => ({
    physicalId: id,
    attributes: {
      Id: id,
      EventSourceMappingArn: `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${id}`,
    },
  });
  const settingsOf = (input: Input): MappingSettings => {
    const { reference } = registry.resolve(input.FunctionName);
    return {
      functionName: reference.name,
      qualifier: reference.qualifier,
      enabled: input.Enabled ?? true,
      batchSize: input.BatchSize ?? 100,
      batchingWindow: input.MaximumBatchingWindowInSeconds ?? 0,
      bisectOnError: input.BisectBatchOnFunctionError ?? false,
      maximumRetries: input.MaximumRetryAttempts ?? -1,
      maximumAge: input.MaximumRecordAgeInSeconds ?? -1,
      reportItemFailures: (input.FunctionResponseTypes ?? []).length > 0,
      parallelization: input.ParallelizationFactor ?? 1,
      filters: (input.FilterCriteria?.Filters ?? []).map(({ Pattern }) => Pattern),
    };
  };
  const read = (properties: JsonObject): Input => parseInput(shape, properties);

  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: Object.keys(shape.shape),
    replacedBy: ['EventSourceArn', 'StartingPosition'],
    async create({ properties, token }) {
      const input = read(properties);
      const id = formatUuid(createHash('sha256').update(token).digest());
      await mappings.create({
        ...settingsOf(input),
        id,
        streamArn: input.EventSourceArn,
        startingPosition: input.StartingPosition,
      });
      return describe(id);
    },
    async update({ physicalId, properties }) {
      await mappings.change(physicalId, settingsOf(read(properties)));
      return describe(physicalId);
    },
    delete: ({ physicalId }) => mappings.delete(physicalId),
  };
}
