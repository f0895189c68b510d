import { XMLParser } from 'fast-xml-parser';
import { AwsError } from '../errors.ts';
import { escapeXml } from '../front-door/protocols/xml.ts';

/** Writes an element as S3 does: a list repeats its element, without a wrapper; absent values are left out. */
export function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return escapeXml(String(value));
  return Object.entries(value)
    .map(([key, item]) => element(key, item))
    .join('');
}

/** A whole answer: the root element in S3's namespace. */
export function document(name: string, value: object): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content(
    value,
  )}</${name}>`;
}

type Node = { readonly [name: string]: Node | readonly Node[] | string };

const parser = new XMLParser({ parseTagValue: false, ignoreAttributes: true, ignoreDeclaration: true });

/** Elements of a request's XML; throws `MalformedXML` unless its root element is `root`. */
export function parseXml(body: Buffer, root: string): XmlElement {
  if (/<!DOCTYPE/i.test(body.toString('utf8', 0, 512))) throw malformed(root);
  let parsed: Node;
  try {
    parsed = parser.parse(body) as Node;
  } catch {
    throw malformed(root);
  }
  if (!(root in parsed)) throw malformed(root);
  return new XmlElement(parsed[root] as Node | string);
}

function malformed(root: string): AwsError {
  return new AwsError(
    'MalformedXML',
    `The XML you provided was not well-formed or did not validate: expected <${root}>`,
  );
}

export class XmlElement {
  readonly #node: Node | string;

  constructor(node: Node | string) {
    this.#node = node;
  }

  text(name: string): string | undefined {
    const [first] = this.#children(name);
    return typeof first === 'string' ? first : undefined;
  }

  all(name: string): XmlElement[] {
    return this.#children(name).map((node) => new XmlElement(node));
  }

  #children(name: string): readonly (Node | string)[] {
    if (typeof this.#node === 'string' || !Object.hasOwn(this.#node, name)) return [];
    const child = this.#node[name];
    if (child === undefined) return [];
    return Array.isArray(child) ? (child as readonly Node[]) : [child as Node | string];
  }
}
