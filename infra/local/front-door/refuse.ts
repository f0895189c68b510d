import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../errors.ts';
import { escapeXml } from './protocols/xml.ts';

/** Answers an error that came before or outside a service's protocol, in the form that the client will try to read. */
export function refuse(request: IncomingMessage, response: ServerResponse, error: unknown, requestId: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const known =
    error instanceof AwsError ? error : new AwsError('InternalFailure', 'The local cloud failed; see its log', 500);
  // What is left of the body will not be read, so the connection cannot serve another request.
  if (!request.complete) response.setHeader('connection', 'close');
  const [contentType, body] = encode(request, known, requestId);
  response.writeHead(known.status, { 'content-type': contentType, 'x-amzn-errortype': known.code });
  response.end(body);
}

function encode(request: IncomingMessage, error: AwsError, requestId: string): [string, string] {
  const scope = request.headers.authorization ?? request.url ?? '';
  const code = escapeXml(error.code);
  const message = escapeXml(error.message);
  if (/\/s3\/aws4_request/.test(scope)) {
    return [
      'application/xml',
      `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${requestId}</RequestId></Error>`,
    ];
  }
  if (request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const detail = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
    return ['text/xml', `<ErrorResponse>${detail}<RequestId>${requestId}</RequestId></ErrorResponse>`];
  }
  return ['application/json', JSON.stringify({ __type: error.code, message: error.message })];
}
