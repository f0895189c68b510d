import type { Json, JsonObject } from '../service.ts';

/**
 * An answer of the engine, the members of each object in the order of their names. The engine writes an item's attributes in another order each
 * time, and for each order V8 makes a class of objects of its own: to make those, and to read objects of ever new classes, here and wherever the
 * items go, takes several times what parsing does. Not for the local cloud's own state, which is a few long texts: there is no class to spare,
 * and JSON.parse reads texts three times as fast.
 *
 * @throws SyntaxError
 */
export function readAnswer(text: string): JsonObject {
  return (new CompactJson(text).read() ?? JSON.parse(text)) as JsonObject;
}

const quote = 34;
const comma = 44;
const colon = 58;
const openingBracket = 91;
const backslash = 92;
const closingBracket = 93;
const openingBrace = 123;
const closingBrace = 125;

/** JSON as programs write it, without spaces. Whatever else there is ends the reading. */
class CompactJson {
  private at = 0;
  private readonly hasEscapes: boolean;

  constructor(private readonly text: string) {
    this.hasEscapes = text.includes('\\');
  }

  /** Undefined for what is not written so. */
  read(): Json | undefined {
    try {
      const value = this.value();
      return this.at === this.text.length ? value : undefined;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  private value(): Json {
    switch (this.text.charCodeAt(this.at)) {
      case openingBrace:
        return this.object();
      case openingBracket:
        return this.list();
      case quote:
        return this.string();
      default:
        return this.scalar();
    }
  }

  private object(): Json {
    this.at += 1;
    if (this.skips(closingBrace)) return {};
    const name = this.name();
    const value = this.value();
    if (this.skips(closingBrace)) return alone(name, value);
    const members = new Map([[name, value]]);
    while (this.skips(comma)) members.set(this.name(), this.value());
    this.expect(closingBrace);
    return inOrder(members);
  }

  private name(): string {
    const name = this.string();
    // Such a member has to be defined, not set; no attribute that anybody uses has the name.
    if (name === '__proto__') throw new SyntaxError('A name leads to a prototype');
    this.expect(colon);
    return name;
  }

  private list(): Json {
    const entries: Json[] = [];
    this.at += 1;
    if (this.skips(closingBracket)) return entries;
    do entries.push(this.value());
    while (this.skips(comma));
    this.expect(closingBracket);
    return entries;
  }

  private string(): string {
    this.expect(quote);
    const from = this.at;
    const end = this.hasEscapes ? this.endOfEscaped(from) : this.text.indexOf('"', from);
    if (end < 0) throw new SyntaxError('A string does not end');
    this.at = end + 1;
    const content = this.text.slice(from, end);
    return this.hasEscapes && content.includes('\\') ? (JSON.parse(`"${content}"`) as string) : content;
  }

  private endOfEscaped(from: number): number {
    let end = from;
    while (end < this.text.length && this.text.charCodeAt(end) !== quote)
      end += this.text.charCodeAt(end) === backslash ? 2 : 1;
    return end < this.text.length ? end : -1;
  }

  /** A number, true, false or null. */
  private scalar(): Json {
    const from = this.at;
    while (this.at < this.text.length && !this.endsScalar(this.text.charCodeAt(this.at))) this.at += 1;
    return JSON.parse(this.text.slice(from, this.at)) as Json;
  }

  private endsScalar(code: number): boolean {
    return code === comma || code === closingBracket || code === closingBrace;
  }

  private skips(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false;
    this.at += 1;
    return true;
  }

  private expect(code: number): void {
    if (!this.skips(code)) throw new SyntaxError(`Unexpected character at ${this.at}`);
  }
}

/** What most objects are: an attribute's value with its type. Written out, since V8 makes those at once. */
function alone(name: string, value: Json): Json {
  if (name === 'S') return { S: value };
  if (name === 'N') return { N: value };
  return { [name]: value };
}

/** The names of the last object with so many members, in order: items of a table have the same, mostly. */
const lastNames: (readonly string[])[] = [];
const mostRemembered = 100;

function inOrder(members: ReadonlyMap<string, Json>): Json {
  return inOrderOf(lastNames[members.size] ?? [], members) ?? sorted(members);
}

/** Undefined if these are not their names. */
function inOrderOf(names: readonly string[], members: ReadonlyMap<string, Json>): Json | undefined {
  if (names.length !== members.size) return undefined;
  const object: Record<string, Json> = {};
  for (const name of names) {
    const value = members.get(name);
    if (value === undefined) return undefined;
    object[name] = value;
  }
  return object;
}

function sorted(members: ReadonlyMap<string, Json>): Json {
  const names = [...members.keys()].sort();
  if (names.length <= mostRemembered) lastNames[names.length] = names;
  const object: Record<string, Json> = {};
  for (const name of names) object[name] = members.get(name) ?? null;
  return object;
}
