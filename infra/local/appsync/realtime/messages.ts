import { AwsError } from '../../errors.ts';

/** A frame of a client; anything else is answered with an error. */
export interface ClientFrame {
  readonly type: string;
  readonly id: string | undefined;
  readonly payload: unknown;
}

const maximumIdCharacters = 128;

/** @throws AwsError `UnsupportedOperation` or `BadRequestException` */
export function readFrame(text: string): ClientFrame {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    throw new AwsError('BadRequestException', 'The message is not JSON.');
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) {
    throw new AwsError('BadRequestException', 'The message is not a JSON object.');
  }
  const { type, id, payload } = frame as Record<string, unknown>;
  if (typeof type !== 'string')
    throw new AwsError('UnsupportedOperation', 'unknown not supported through the realtime channel');
  if (id !== undefined && (typeof id !== 'string' || id.length > maximumIdCharacters)) {
    throw new AwsError('BadRequestException', `The id is not a text of at most ${maximumIdCharacters} characters.`);
  }
  return { type, id, payload };
}

export const connectionAcknowledged = JSON.stringify({
  type: 'connection_ack',
  payload: { connectionTimeoutMs: 300_000 },
});

export const keepAlive = JSON.stringify({ type: 'ka' });

export function connectionError(error: AwsError): string {
  const { code: errorType, message, status: errorCode } = error;
  return JSON.stringify({ type: 'connection_error', payload: { errors: [{ errorType, message, errorCode }] } });
}

export function subscriptionError(id: string | undefined, errors: readonly object[]): string {
  return JSON.stringify({ ...(id !== undefined && { id }), type: 'error', payload: { errors } });
}

export function startAcknowledged(id: string): string {
  return JSON.stringify({ type: 'start_ack', id });
}

export function completed(id: string): string {
  return JSON.stringify({ type: 'complete', id });
}

/** @param payload - JSON text */
export function dataMessage(id: string, payload: string): string {
  return `{"id":${JSON.stringify(id)},"type":"data","payload":${payload}}`;
}
