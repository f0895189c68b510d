import { codePointAt, fromCodePoint } from '../primordials.ts';

export function encodeUtf8(text: string): number[] {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const point = codePointAt(text, index) ?? 0;
    if (point > 0xffff) index += 1;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), tail(point, 0));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), tail(point, 6), tail(point, 0));
    else bytes.push(0xf0 | (point >> 18), tail(point, 12), tail(point, 6), tail(point, 0));
  }
  return bytes;
}

const tail = (point: number, shift: number) => 0x80 | ((point >> shift) & 0x3f);

/** What is no UTF-8 becomes the replacement character. */
export function decodeUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 1) {
    const lead = bytes[index] ?? 0;
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    const rest = bytes.slice(index + 1, index + length);
    if (length === 0 || rest.length < length - 1 || rest.some((byte) => byte >> 6 !== 2)) {
      text += '\ufffd';
      continue;
    }
    const point = length === 1 ? lead : rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), lead & (0x7f >> length));
    text += point > 0x10ffff ? '\ufffd' : fromCodePoint(point);
    index += length - 1;
  }
  return text;
}
