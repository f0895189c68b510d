import { AwsError } from '../../errors.ts';
import type { ApiRequest, ApiResponse } from '../../service.ts';
import { payloadLimit, asynchronousPayloadLimit, checkPayload } from '../invocations/invoker.ts';
import type { Parts } from '../service-parts.ts';

type InvokeParts = Pick<Parts, 'registry' | 'checkPermission' | 'invoke' | 'queue'>;

const tailBytes = 4096;

/**
 * Invoke. Its input and output are the bodies themselves and headers, which the protocol adapter does not carry.
 * Source: Lambda API reference, Invoke.
 */
export async function invokeOperation(
  { registry, checkPermission, invoke, queue }: InvokeParts,
  functionName: string,
  { call, query, headers, body }: ApiRequest,
): Promise<ApiResponse> {
  const target = registry.resolve(functionName, query.get('Qualifier') ?? undefined);
  checkPermission(call.principal, target);
  const version = { 'x-amz-executed-version': target.document.version };

  const kind = textHeader(headers['x-amz-invocation-type']) ?? 'RequestResponse';
  if (kind === 'DryRun') return { status: 204 };
  if (kind !== 'Event' && kind !== 'RequestResponse') {
    throw new AwsError(
      'InvalidParameterValueException',
      `InvocationType is ${kind}: expected RequestResponse, Event or DryRun`,
    );
  }
  checkPayload(body.toString('latin1'), kind, kind === 'Event' ? asynchronousPayloadLimit : payloadLimit);
  const payload = readPayload(body);
  if (kind === 'Event') {
    await queue.accept(target, payload);
    return { status: 202 };
  }

  const outcome = await invoke(target, payload, {
    requestId: call.requestId,
    clientContext: decodeContext(textHeader(headers['x-amz-client-context'])),
  });
  const wantsTail = textHeader(headers['x-amz-log-type']) === 'Tail';
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      ...version,
      ...(outcome.failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
      ...(wantsTail ? { 'x-amz-log-result': encodeTail(outcome.log) } : {}),
    },
    body: outcome.payload,
  };
}

function textHeader(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function readPayload(body: Buffer): string {
  if (body.length === 0) return '{}';
  const text = body.toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch (cause) {
    throw new AwsError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(cause as Error).message}`,
      400,
      { Type: 'User' },
    );
  }
}

function decodeContext(encoded: string | undefined): string | undefined {
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Client context must be a valid Base64-encoded JSON object.');
  }
}

function encodeTail(log: readonly string[]): string {
  const bytes = Buffer.from(log.map((message) => `${message}\n`).join(''));
  return bytes.subarray(Math.max(0, bytes.length - tailBytes)).toString('base64');
}
