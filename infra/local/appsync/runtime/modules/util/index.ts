import { matchesWhole } from '../java-pattern/index.ts';
import { toText } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { time } from '../time/index.ts';
import { transform } from '../transform/index.ts';
import { authType } from './auth-type.ts';
import { dynamodb } from './dynamodb.ts';
import { base64Decode, base64Encode, escapeJavaScript, urlDecode, urlEncode } from './encoding.ts';
import { appendError, error, unauthorized } from './errors.ts';
import { http } from './http.ts';
import { autoId, autoKsuid, autoUlid } from './ids.ts';
import { math } from './math.ts';
import { str } from './str.ts';
import { xml } from './xml.ts';

const noDatabase = (): never => {
  throw codeError('util.rds is not available here: no relational data source is supported');
};

/** https://docs.aws.amazon.com/appsync/latest/devguide/built-in-util-js.html */
export const util = {
  urlEncode,
  urlDecode,
  base64Encode,
  base64Decode,
  escapeJavaScript,
  autoId,
  autoUlid,
  autoKsuid,
  error,
  appendError,
  unauthorized,
  matches: (pattern: unknown, text: unknown) => matchesWhole(toText(pattern), toText(text)),
  authType,
  time,
  dynamodb,
  rds: { toJsonString: noDatabase, toJsonObject: noDatabase },
  transform,
  http,
  xml,
  math,
  str,
};
