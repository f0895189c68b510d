import { fromCodePoint, includesText, replaceText } from '../primordials.ts';
import { codeError } from '../signals.ts';

/** https://docs.aws.amazon.com/appsync/latest/devguide/xml-helpers-in-util-xml-js.html */
export const xml = {
  toMap: (text: string): unknown => parseXml(text),
  toJsonString(text: string, stringEncode?: boolean): string {
    const json = JSON.stringify(parseXml(text));
    return stringEncode === true ? JSON.stringify(json) : json;
  },
};

/**
 * Elements become members, repeated ones lists, attributes members too, text beside others `content`; numbers and
 * booleans are read as such. Entities of a document's own are refused.
 */
function parseXml(source: string): Record<string, unknown> {
  if (typeof source !== 'string') throw codeError('util.xml: expected a string of XML');
  let rest = source;
  const root: Record<string, unknown> = {};
  const open: { name: string; members: Record<string, unknown>; text: string }[] = [];
  const parentOf = () => open[open.length - 1]?.members ?? root;
  const close = () => {
    const element = open.pop();
    if (element) addMember(parentOf(), element.name, finish(element.members, element.text));
  };
  while (rest !== '') {
    const found =
      /^<\?[^]*?\?>/.exec(rest) ??
      /^<!--[^]*?-->/.exec(rest) ??
      /^<!\[CDATA\[([^]*?)\]\]>/.exec(rest) ??
      /^<\/([^\s>]+)\s*>/.exec(rest) ??
      /^<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/.exec(rest) ??
      /^[^<]+/.exec(rest);
    if (!found) throw codeError(`util.xml: cannot read the document at ${rest.slice(0, 20)}`);
    const [whole, name = ''] = found;
    rest = rest.slice(whole.length);
    const current = open[open.length - 1];
    if (whole.startsWith('<?') || whole.startsWith('<!--')) continue;
    if (whole.startsWith('<![CDATA[')) {
      if (current) current.text += name;
    } else if (whole.startsWith('</')) {
      if (current?.name !== name) throw codeError(`util.xml: </${name}> closes nothing`);
      close();
    } else if (whole.startsWith('<')) {
      open.push({ name, members: readAttributes(found[2] ?? ''), text: '' });
      if (found[3] === '/') close();
    } else if (current) {
      current.text += unescape(whole);
    } else if (whole.trim() !== '') {
      throw codeError('util.xml: text outside of an element');
    }
  }
  if (open.length > 0) throw codeError(`util.xml: <${open[open.length - 1]?.name}> is not closed`);
  return root;
}

function readAttributes(source: string): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  const expression = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
  for (let found = expression.exec(source); found; found = expression.exec(source))
    attributes[found[1] ?? ''] = toValue(unescape(found[2] ?? found[3] ?? ''));
  return attributes;
}

function finish(members: Record<string, unknown>, text: string): unknown {
  const content = text.trim();
  if (Object.keys(members).length === 0) return toValue(content);
  if (content !== '') addMember(members, 'content', toValue(content));
  return members;
}

function addMember(parent: Record<string, unknown>, name: string, value: unknown): void {
  const present = parent[name];
  if (!Object.hasOwn(parent, name)) parent[name] = value;
  else if (Array.isArray(present)) present.push(value);
  else parent[name] = [present, value];
}

function toValue(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(?:0|[1-9]\d{0,14})(?:\.\d+)?$/.test(text)) return Number(text);
  return text;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function unescape(text: string): string {
  if (!includesText(text, '&')) return text;
  return replaceText(text, /&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hex, decimal, name) => {
    if (hex !== undefined) return fromCodePoint(parseInt(hex, 16));
    if (decimal !== undefined) return fromCodePoint(parseInt(decimal, 10));
    const character = name === undefined ? undefined : entities[name];
    if (character === undefined) throw codeError(`util.xml: unknown entity ${whole}`);
    return character;
  });
}
