import type { Credentials, Environment } from '../../service.ts';
import type { FunctionDocument } from '../model.ts';

/**
 * All environment variables of a worker; nothing of the host's. A function's own variables win, except over reserved
 * ones, which it cannot have. Source: Lambda developer guide, "Defined runtime environment variables".
 */
export function workerEnvironment(
  document: FunctionDocument,
  place: { readonly taskRoot: string; readonly logStream: string },
  credentials: Credentials,
  environment: Environment,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: environment.endpoint,
    // The host's Node.js may be older than the function's runtime: no matter for the function's log.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    TZ: ':UTC',
    ...document.environment,
    _HANDLER: document.handler,
    AWS_REGION: environment.region,
    AWS_DEFAULT_REGION: environment.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${document.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: document.name,
    AWS_LAMBDA_FUNCTION_VERSION: document.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(document.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: document.logging.group,
    AWS_LAMBDA_LOG_STREAM_NAME: place.logStream,
    ...(document.logging.format === 'JSON'
      ? { AWS_LAMBDA_LOG_FORMAT: 'JSON', AWS_LAMBDA_LOG_LEVEL: document.logging.applicationLevel }
      : {}),
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    LAMBDA_TASK_ROOT: place.taskRoot,
    LAMBDA_RUNTIME_DIR: place.taskRoot,
  };
}

/** Names that a function may not set itself. */
export const reservedVariables: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);
