import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';

/**
 * Reads a resource's properties by name and type. What was not read when `done` is called is refused by name, so that
 * no nested property is ever ignored. Templates may write numbers and booleans as text, as CloudFormation allows.
 */
export class PropertyReader {
  readonly #read = new Set<string>();

  constructor(private readonly values: JsonObject, private readonly path: string) {}

  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined || value === '') throw this.refuse(name, 'a text', value);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number') return String(value);
    throw this.refuse(name, 'a text', value);
  }

  oneOf<Choice extends string>(name: string, choices: readonly Choice[], fallback?: Choice): Choice {
    const value = this.optionalText(name) ?? fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.refuse(name, `one of ${choices.join(', ')}`, value);
    return choice;
  }

  integer(
    name: string,
    limits: { readonly minimum: number; readonly maximum: number; readonly fallback: number },
  ): number {
    const value = this.#take(name);
    const number =
      value === undefined ? limits.fallback : typeof value === 'string' && value !== '' ? Number(value) : value;
    if (
      typeof number === 'number' &&
      Number.isInteger(number) &&
      number >= limits.minimum &&
      number <= limits.maximum
    ) {
      return number;
    }
    throw this.refuse(name, `a whole number from ${limits.minimum} to ${limits.maximum}`, value);
  }

  flag(name: string): boolean {
    const value = this.#take(name);
    if (value === undefined || value === false || value === 'false') return false;
    if (value === true || value === 'true') return true;
    throw this.refuse(name, 'true or false', value);
  }

  object(name: string): PropertyReader | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    return new PropertyReader(this.#asObject(name, value), `${this.path}.${name}`);
  }

  list(name: string): readonly Json[] {
    const value = this.#take(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value as readonly Json[];
    throw this.refuse(name, 'a list', value);
  }

  objects(name: string): PropertyReader[] {
    return this.list(name).map((entry, index) => {
      const at = `${name}[${index}]`;
      return new PropertyReader(this.#asObject(at, entry), `${this.path}.${at}`);
    });
  }

  texts(name: string): string[] {
    return this.list(name).map((entry, index) => {
      if (typeof entry === 'string') return entry;
      throw this.refuse(`${name}[${index}]`, 'a text', entry);
    });
  }

  textMap(name: string): Record<string, string> {
    const value = this.#take(name);
    if (value === undefined) return {};
    return Object.fromEntries(
      Object.entries(this.#asObject(name, value)).map(([key, entry]) => {
        if (typeof entry !== 'string') throw this.refuse(`${name}.${key}`, 'a text', entry);
        return [key, entry];
      }),
    );
  }

  /** The tags of `Tags: [{Key, Value}]`. */
  tags(): Record<string, string> {
    return Object.fromEntries(
      this.objects('Tags').map((tag) => {
        const entry = [tag.text('Key'), tag.optionalText('Value') ?? ''] as const;
        tag.done();
        return entry;
      }),
    );
  }

  /** Refuses what nobody read. */
  done(): void {
    const unread = Object.keys(this.values).filter((name) => !this.#read.has(name));
    if (unread.length === 0) return;
    const names = unread.map((name) => `${this.path}.${name}`).join(', ');
    throw new AwsError('ValidationException', `Not supported by this cloud: ${names}`);
  }

  refuse(name: string, expected: string, got: unknown): AwsError {
    const shown = got === undefined ? 'missing' : JSON.stringify(got);
    return new AwsError('ValidationException', `${this.path}.${name} is ${shown}: expected ${expected}`);
  }

  #take(name: string): Json | undefined {
    this.#read.add(name);
    const value = this.values[name];
    return value === null ? undefined : value;
  }

  #asObject(name: string, value: Json): JsonObject {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
    throw this.refuse(name, 'an object', value);
  }
}
