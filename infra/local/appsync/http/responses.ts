import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AwsError } from '../../errors.ts';

/** Browsers of any origin may call a GraphQL endpoint: its credential is never a cookie. */
const sharing = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'x-amzn-RequestId,x-amzn-ErrorType,x-amz-user-agent,x-amzn-ErrorMessage,Date,x-amz-schema-version',
};
const defaultHeaders = 'content-type,authorization,x-api-key,x-amz-date,x-amz-security-token,x-amz-user-agent';

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  // With its length the answer is one write; without, chunks, which cost both sides more than the rest of an answer.
  const length = Buffer.byteLength(text);
  response.writeHead(status, {
    'content-type': 'application/json;charset=UTF-8',
    'content-length': length,
    ...sharing,
  });
  response.end(text);
}

/** An error before any field ran, in AppSync's envelope. */
export function refuseRequest(request: IncomingMessage, response: ServerResponse, error: AwsError): void {
  // What is left of the body will not be read, so the connection cannot serve another request.
  if (!request.complete) response.setHeader('connection', 'close');
  response.setHeader('x-amzn-errortype', error.code);
  if (error.status === 405) response.setHeader('allow', 'POST, OPTIONS');
  sendJson(response, error.status, { errors: [{ errorType: error.code, message: error.message }] });
}

export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, {
    ...sharing,
    'access-control-allow-methods': 'POST, OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? defaultHeaders,
    'access-control-max-age': '172800',
    'content-length': '0',
  });
  response.end();
}
