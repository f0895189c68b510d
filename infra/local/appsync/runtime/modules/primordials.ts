/**
 * Methods that resolver code must not have, kept for the modules' own use: the prototypes lose them before any
 * resolver runs (see harden.ts), and String.prototype.replace becomes AppSync's.
 */
function uncurry<Self, Parameters extends readonly unknown[], Result>(
  method: (this: Self, ...parameters: Parameters) => Result,
): (self: Self, ...parameters: Parameters) => Result {
  return (self, ...parameters) => Reflect.apply(method, self, parameters);
}

export const charCodeAt = uncurry(String.prototype.charCodeAt);
export const codePointAt = uncurry(String.prototype.codePointAt);
export const includesText: (self: string, text: string) => boolean = uncurry(String.prototype.includes);
export const padStart = uncurry(String.prototype.padStart);
export const repeatText = uncurry(String.prototype.repeat);
export const normalizeText: (self: string, form: string) => string = uncurry(String.prototype.normalize);
export const replaceText: (
  self: string,
  pattern: RegExp,
  by: (match: string, ...groups: string[]) => string,
) => string = uncurry(String.prototype.replace) as never;
export const fromCharCode = String.fromCharCode;
export const fromCodePoint = String.fromCodePoint;

export function includes<Item>(list: readonly Item[], item: Item): boolean {
  return list.indexOf(item) >= 0;
}

/** A record of any content, as resolver code hands them over. */
export type Fields = Record<string, unknown>;

/** Whether the value is an object with fields: no list, no function, not null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string as Java would print the value: objects as JSON. */
export function toText(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
