import { includes, isFields, toText, type Fields } from '../primordials.ts';
import { currentRun } from '../run.ts';
import { encodeUtf8 } from './utf8.ts';

const notCopied: readonly string[] = [
  ...['transfer-encoding', 'connection', 'host', 'expect', 'keep-alive', 'upgrade', 'proxy-authenticate'],
  ...['proxy-authorization', 'te', 'content-length'],
];

const notAdded: readonly string[] = [
  ...notCopied,
  ...['access-control-allow-credentials', 'access-control-allow-origin', 'access-control-expose-headers'],
  ...['access-control-max-age', 'access-control-allow-methods', 'access-control-allow-headers', 'vary', 'content-type'],
];

/** Names and values together. */
const maximumHeaderBytes = 4096;

/** https://docs.aws.amazon.com/appsync/latest/devguide/http-helpers-in-utils-http-js.html */
export const http = {
  copyHeaders(headers: unknown): Fields {
    const copy: Fields = {};
    if (!isFields(headers)) return copy;
    for (const name of Object.keys(headers)) if (!includes(notCopied, name.toLowerCase())) copy[name] = headers[name];
    return copy;
  },
  addResponseHeader,
  addResponseHeaders(headers: unknown): void {
    if (!isFields(headers)) return;
    for (const name of Object.keys(headers)) addResponseHeader(name, headers[name]);
  },
};

/** A header that may not be set is left out, and an error says so beside the result. */
function addResponseHeader(name: unknown, value: unknown): void {
  const run = currentRun();
  const problem = headerProblem(name, value);
  if (problem !== undefined) {
    run.appendedErrors.push({ message: problem, type: 'ResponseHeaderError', data: null, errorInfo: null });
    return;
  }
  const key = toText(name).toLowerCase();
  const text = toText(value);
  // A header that is set again counts again.
  const bytes = encodeUtf8(key).length + encodeUtf8(text).length;
  if (run.headerBytes + bytes > maximumHeaderBytes) {
    const message = `Response headers may have ${maximumHeaderBytes} bytes in all; ${key} is too much`;
    run.appendedErrors.push({ message, type: 'ResponseHeaderError', data: null, errorInfo: null });
    return;
  }
  run.headerBytes += bytes;
  run.responseHeaders[key] = text;
}

function headerProblem(name: unknown, value: unknown): string | undefined {
  if (typeof name !== 'string' || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return 'A response header needs a name';
  const key = name.toLowerCase();
  if (includes(notAdded, key) || key.startsWith('x-amzn-') || key.startsWith('x-amz-'))
    return `The response header ${name} is restricted`;
  if (value === null || value === undefined) return `The response header ${name} has no value`;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(toText(value)))
    return `The response header ${name} has a control character in its value`;
  return undefined;
}
