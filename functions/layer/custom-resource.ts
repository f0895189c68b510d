import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { logger } from './telemetry.ts';

export type { CloudFormationCustomResourceEvent } from 'aws-lambda';

/** What a custom resource became. */
export interface CustomResourceResult {
  /** Keep it over updates: another one means that the resource was replaced, and the old one is deleted. */
  readonly physicalResourceId: string;
  /** What Fn::GetAtt reads. */
  readonly data?: Readonly<Record<string, string>>;
}

export type HandleCustomResource = (event: CloudFormationCustomResourceEvent) => Promise<CustomResourceResult>;

/**
 * Runs a custom resource and PUTs its answer where CloudFormation waits for it, the failure's cause included. Only when
 * that PUT fails does the function fail, so that Lambda calls it again.
 * Source: AWS CloudFormation user guide, "Custom resource response objects".
 */
export function customResource(handle: HandleCustomResource, fetch = globalThis.fetch) {
  return async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    const answer = await answerTo(event, handle);
    const response = await fetch(event.ResponseURL, {
      method: 'PUT',
      // The URL is signed for a request without a content type.
      headers: { 'content-type': '' },
      body: JSON.stringify({
        ...answer,
        StackId: event.StackId,
        RequestId: event.RequestId,
        LogicalResourceId: event.LogicalResourceId,
      }),
    });
    if (!response.ok) throw new Error(`CloudFormation's response URL answered ${response.status}`);
  };
}

async function answerTo(event: CloudFormationCustomResourceEvent, handle: HandleCustomResource) {
  try {
    const { physicalResourceId, data } = await handle(event);
    return { Status: 'SUCCESS', PhysicalResourceId: physicalResourceId, ...(data && { Data: data }) };
  } catch (fault) {
    logger.error('The custom resource failed', fault as Error);
    const Reason = fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);
    return { Status: 'FAILED', Reason: Reason.slice(0, 1000), PhysicalResourceId: physicalIdOf(event) };
  }
}

/** A creation that failed never got an id, and CloudFormation wants one. */
function physicalIdOf(event: CloudFormationCustomResourceEvent): string {
  return event.RequestType === 'Create' ? `${event.LogicalResourceId}-failed` : event.PhysicalResourceId;
}
