import { charCodeAt, codePointAt, includesText, padStart, replaceText, toText } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The two characters of each twelve bits. */
const pairs: readonly string[] = Array.from(
  { length: 4096 },
  (_unused, bits) => alphabet.charAt(bits >> 6) + alphabet.charAt(bits & 63),
);

export function base64Encode(value: unknown): string {
  const bytes = encodeUtf8(toText(value));
  const missing = (3 - (bytes.length % 3)) % 3;
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const bits = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    text += `${pairs[bits >> 12]}${pairs[bits & 4095]}`;
  }
  return missing === 0 ? text : `${text.slice(0, -missing)}${'=='.slice(0, missing)}`;
}

export function base64Decode(value: unknown): string {
  const text = replaceText(toText(value), /=+$/, () => '');
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const character of text) {
    const digit = alphabet.indexOf(character);
    if (digit < 0) throw codeError(`Illegal base64 character ${(codePointAt(character, 0) ?? 0).toString(16)}`);
    bits = ((bits << 6) | digit) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push((bits >> count) & 0xff);
    }
  }
  return decodeUtf8(bytes);
}

/** application/x-www-form-urlencoded, as java.net.URLEncoder writes it. */
export function urlEncode(value: unknown): string {
  const text = toText(value);
  try {
    const escaped = replaceText(encodeURIComponent(text), /[!'()~]/g, (character) => {
      return `%${charCodeAt(character, 0).toString(16).toUpperCase()}`;
    });
    return escaped.split('%20').join('+');
  } catch {
    throw codeError(`${text} cannot be URL encoded: it is no well-formed Unicode`);
  }
}

export function urlDecode(value: unknown): string {
  const text = toText(value);
  try {
    return decodeURIComponent(text.split('+').join(' '));
  } catch {
    throw codeError(`${text} cannot be URL decoded`);
  }
}

const named: Readonly<Record<string, string>> = { '\b': '\\b', '\n': '\\n', '\t': '\\t', '\f': '\\f', '\r': '\\r' };

/** As org.apache.commons.text.StringEscapeUtils.escapeEcmaScript. */
export function escapeJavaScript(value: unknown): string {
  let output = '';
  const text = toText(value);
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const code = charCodeAt(text, index);
    if (includesText('\'"\\/', character)) output += `\\${character}`;
    else if (named[character] !== undefined) output += named[character];
    else if (code < 32 || code > 126) output += `\\u${padStart(code.toString(16).toUpperCase(), 4, '0')}`;
    else output += character;
  }
  return output;
}
