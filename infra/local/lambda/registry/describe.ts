import type { Environment } from '../../service.ts';
import type { FunctionDocument, MappingDocument, PermissionDocument } from '../model.ts';
import { functionArn } from './reference.ts';

/** Source: Lambda API reference, FunctionConfiguration. */
export function describeFunction(document: FunctionDocument, environment: Environment): object {
  const { name, version, logging } = document;
  return {
    FunctionName: name,
    FunctionArn: functionArn(environment, { name, qualifier: version === '$LATEST' ? undefined : version }),
    Runtime: document.runtime,
    Role: document.role,
    Handler: document.handler,
    CodeSize: document.code.size,
    CodeSha256: Buffer.from(document.code.sha256, 'hex').toString('base64'),
    Description: document.description,
    Timeout: document.timeout,
    MemorySize: document.memorySize,
    LastModified: new Date(document.modifiedAt).toISOString().replace('Z', '+0000'),
    Version: version,
    Environment: { Variables: document.environment },
    TracingConfig: { Mode: document.tracing },
    RevisionId: document.revision,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: document.architectures,
    EphemeralStorage: { Size: document.ephemeralStorage },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: {
      LogFormat: logging.format,
      LogGroup: logging.group,
      ...(logging.format === 'JSON'
        ? { ApplicationLogLevel: logging.applicationLevel, SystemLogLevel: logging.systemLevel }
        : {}),
    },
  };
}

/** A statement of the policy as GetPolicy and AddPermission answer it. */
export function describePermission(permission: PermissionDocument, environment: Environment): object {
  const { functionName: name, qualifier, statementId, action, principal, sourceArn, sourceAccount } = permission;
  const condition = {
    ...(sourceArn === undefined ? {} : { ArnLike: { 'AWS:SourceArn': sourceArn } }),
    ...(sourceAccount === undefined ? {} : { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
  };
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: functionArn(environment, { name, qualifier }),
    ...(Object.keys(condition).length > 0 ? { Condition: condition } : {}),
  };
}

/** Source: Lambda API reference, EventSourceMappingConfiguration. */
export function describeMapping(mapping: MappingDocument, environment: Environment): object {
  const { partition, region, accountId } = environment;
  return {
    UUID: mapping.id,
    EventSourceMappingArn: `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${mapping.id}`,
    EventSourceArn: mapping.streamArn,
    FunctionArn: functionArn(environment, { name: mapping.functionName, qualifier: mapping.qualifier }),
    StartingPosition: mapping.startingPosition,
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.batchingWindow,
    ParallelizationFactor: mapping.parallelization,
    MaximumRetryAttempts: mapping.maximumRetries,
    MaximumRecordAgeInSeconds: mapping.maximumAge,
    BisectBatchOnFunctionError: mapping.bisectOnError,
    TumblingWindowInSeconds: 0,
    FunctionResponseTypes: mapping.reportItemFailures ? ['ReportBatchItemFailures'] : [],
    FilterCriteria:
      mapping.filters.length > 0 ? { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } : undefined,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
    StateTransitionReason: 'User action',
    LastModified: mapping.modifiedAt / 1000,
    LastProcessingResult: mapping.lastResult,
  };
}
