import type { AuthorizerAnswer, AuthorizerEvent } from './authorize.ts';

interface Invocation {
  readonly awsRequestId: string;
}

type Handler = (event: AuthorizerEvent) => Promise<AuthorizerAnswer>;
type Fields = Readonly<Record<string, unknown>>;

/**
 * What `observe` of functions/layer is to other functions: each call's metrics, with its tenant, and its faults, as the lines that
 * CloudWatch reads metrics from. Written by hand, since Powertools would be twenty times as much to load as all that this function does.
 * Source: CloudWatch user guide, "Embedded metric format".
 */
export function observeLight(handle: Handler, write: (line: string) => void, now: () => number) {
  const { POWERTOOLS_SERVICE_NAME: service, POWERTOOLS_METRICS_NAMESPACE: namespace } = process.env;
  const count = (name: string, dimensions: Readonly<Record<string, string>>, fields: Fields): void => {
    const metric = {
      Namespace: namespace,
      Dimensions: [['service', ...Object.keys(dimensions)]],
      Metrics: [{ Name: name, Unit: 'Count' }],
    };
    const measured = { Timestamp: now(), CloudWatchMetrics: [metric] };
    write(JSON.stringify({ _aws: measured, service, ...dimensions, ...fields, [name]: 1 }));
  };
  return async (event: AuthorizerEvent, { awsRequestId }: Invocation): Promise<AuthorizerAnswer> => {
    const request = { function_request_id: awsRequestId };
    try {
      const answer = await handle(event);
      const { tenantId, tier } = answer.resolverContext ?? {};
      if (tier === undefined) count('Denied', {}, request);
      else count('Admitted', { tier }, { ...request, tenantId });
      return answer;
    } catch (fault) {
      const error = fault instanceof Error ? { name: fault.name, message: fault.message, stack: fault.stack } : fault;
      const timestamp = new Date(now()).toISOString();
      write(JSON.stringify({ level: 'ERROR', message: 'The function failed', timestamp, service, ...request, error }));
      count('Faults', {}, request);
      throw fault;
    }
  };
}
