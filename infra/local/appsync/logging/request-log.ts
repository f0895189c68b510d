import type { OperationDefinitionNode } from 'graphql';
import type { Clock, Logs } from '../../service.ts';
import type { Outcome } from '../execution/execute-operation.ts';
import type { Api } from '../model.ts';

export interface RequestLog {
  /** What the API's LogConfig asks for. */
  request(api: Api, requestId: string, operation: OperationDefinitionNode, outcome: Outcome): void;
  /** A fault of the host's own, whatever the API logs. */
  fault(apiId: string, requestId: string, fault: unknown): void;
}

/** Writes to `/aws/appsync/apis/<apiId>`. What let the caller in never gets there. */
export function createRequestLog(logs: Logs, clock: Clock): RequestLog {
  const group = (apiId: string) => `/aws/appsync/apis/${apiId}`;
  const stream = () => new Date(clock.now()).toISOString().slice(0, 10);
  return {
    request(api, requestId, operation, { body, scope }) {
      if (api.fieldLogLevel === 'NONE') return;
      const errors = body.errors ?? [];
      if (api.fieldLogLevel === 'ERROR' && errors.length === 0) return;
      const name = operation.name?.value ?? '';
      const lines = [
        ...scope.logs,
        `${operation.operation} ${name} with ${scope.resolversRun} resolvers and ${errors.length} errors`,
        ...(api.excludeVerboseContent ? [] : errors.map((error) => JSON.stringify(error))),
      ];
      const { secrets } = scope.caller;
      logs.write(
        group(api.apiId),
        stream(),
        lines.map((line) => `${requestId} ${withoutSecrets(line, secrets)}`),
      );
    },
    fault(apiId, requestId, fault) {
      const text = fault instanceof Error ? fault.stack ?? fault.message : String(fault);
      logs.write(group(apiId), 'faults', [`${requestId} ${text}`]);
    },
  };
}

/** Resolver code may print `ctx.request.headers`. */
function withoutSecrets(line: string, secrets: readonly string[]): string {
  return secrets.reduce((cleaned, secret) => (secret === '' ? cleaned : cleaned.replaceAll(secret, '***')), line);
}
