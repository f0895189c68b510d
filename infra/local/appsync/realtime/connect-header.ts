import type { IncomingMessage } from 'node:http';
import type { JsonObject } from '../../service.ts';
import { readableHeaders } from '../http/readable-headers.ts';

export interface ConnectHeader {
  /** By their names in lower case. */
  readonly headers: JsonObject;
  /** What an IAM signature covers. */
  readonly payload: string;
}

const subprotocolPrefix = 'header-';
const maximumCharacters = 32 * 1024;

/**
 * The credential of a connection, in one of the three ways to send it: as a subprotocol, as a query string, or as HTTP
 * headers. `undefined` if it cannot be read.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/real-time-websocket-client.html
 */
export function readConnectHeader(request: IncomingMessage): ConnectHeader | undefined {
  const offered = String(request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim());
  const subprotocol = offered.find((name) => name.startsWith(subprotocolPrefix));
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams;
  const encoded = subprotocol?.slice(subprotocolPrefix.length) ?? query.get('header');
  if (encoded === null || encoded === undefined) return { headers: readableHeaders(request), payload: '{}' };
  const headers = decodeHeaders(encoded);
  const payload = query.get('payload');
  return headers && { headers, payload: payload ? decodeBase64(payload) : '{}' };
}

/** Headers of a JSON object, by their names in lower case; what is no text is left out. */
export function lowerCaseHeaders(headers: unknown): JsonObject | undefined {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
  const texts = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
  );
  return Object.fromEntries(texts);
}

function decodeHeaders(encoded: string): JsonObject | undefined {
  if (encoded.length > maximumCharacters) return undefined;
  try {
    return lowerCaseHeaders(JSON.parse(decodeBase64(encoded)));
  } catch {
    return undefined;
  }
}

/** Node's decoder takes the URL-safe alphabet as well; a `+` that came as a space in a query is put back. */
function decodeBase64(text: string): string {
  return Buffer.from(text.replaceAll(' ', '+'), 'base64').toString('utf8');
}
