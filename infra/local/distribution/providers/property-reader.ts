import { AwsError } from '../../errors.ts';
import type { JsonObject } from '../../service.ts';

/** Reads an object of properties and, at `done`, refuses by name those that nobody asked for. */
export class PropertyReader {
  readonly #read = new Set<string>();

  constructor(private readonly properties: JsonObject, private readonly path: string) {}

  text(name: string, fallback?: string): string {
    const value = this.#take(name) ?? fallback;
    if (typeof value !== 'string') throw this.#invalid(name, 'text');
    return value;
  }

  number(name: string, fallback?: number): number {
    const value = Number(this.#take(name) ?? fallback);
    if (!Number.isFinite(value)) throw this.#invalid(name, 'a number');
    return value;
  }

  boolean(name: string, fallback: boolean): boolean {
    const value = String(this.#take(name) ?? fallback);
    if (value !== 'true' && value !== 'false') throw this.#invalid(name, 'true or false');
    return value === 'true';
  }

  oneOf(name: string, allowed: readonly string[], fallback?: string): string {
    const value = this.text(name, fallback);
    if (!allowed.includes(value)) throw this.#invalid(name, `one of ${allowed.join(', ')}`);
    return value;
  }

  object(name: string): PropertyReader | undefined {
    const value = this.#take(name);
    if (value === undefined) return undefined;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#invalid(name, 'an object');
    return new PropertyReader(value as JsonObject, `${this.path}.${name}`);
  }

  objects(name: string): PropertyReader[] {
    const value = this.#take(name) ?? [];
    if (!Array.isArray(value)) throw this.#invalid(name, 'a list');
    return value.map((item, index) => new PropertyReader(item as JsonObject, `${this.path}.${name}[${index}]`));
  }

  /** Taken and not acted on. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#read.add(name);
  }

  done(): void {
    const unknown = Object.keys(this.properties).filter((name) => !this.#read.has(name));
    if (unknown.length > 0)
      throw new AwsError('InvalidRequest', `${this.path}.${unknown.join(`, ${this.path}.`)} is not supported here`);
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.properties[name];
  }

  #invalid(name: string, expected: string): AwsError {
    const got = JSON.stringify(this.properties[name]) ?? 'missing';
    return new AwsError('InvalidRequest', `${this.path}.${name} is ${got}, expected ${expected}`);
  }
}
