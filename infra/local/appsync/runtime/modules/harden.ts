import { replaceMatches } from './java-pattern/index.ts';
import { toText } from './primordials.ts';
import { placeOf } from './place.ts';
import { EarlyReturn, RaisedError } from './signals.ts';

/** What each prototype keeps: AppSync's methods, and what the language itself needs (iteration, becoming a string). */
const needed: readonly PropertyKey[] = [
  'length',
  'toString',
  'valueOf',
  Symbol.iterator,
  Symbol.toPrimitive,
  Symbol.toStringTag,
];

export interface AllowedMethods {
  readonly string: readonly string[];
  readonly array: readonly string[];
}

/**
 * Makes the realm fit for resolvers: prototypes have what APPSYNC_JS has and no way back to a constructor, nothing in
 * it can be changed, and no global is left.
 */
export function harden(allowed: AllowedMethods): void {
  Object.defineProperty(String.prototype, 'replace', { value: replaceFirst });
  Object.defineProperty(String.prototype, 'replaceAll', { value: replaceAll });
  const functions = [function* () {}, async () => {}, async function* () {}];
  const kept = new Map<object, readonly PropertyKey[]>([
    [String.prototype, [...allowed.string, ...needed]],
    [Array.prototype, [...allowed.array, ...needed]],
    [Object.prototype, needed],
    [Function.prototype, ['length', 'name', Symbol.hasInstance]],
    [Number.prototype, needed],
    [Boolean.prototype, needed],
    [Symbol.prototype, needed],
    [BigInt.prototype, needed],
    // Without `then` no promise leads anywhere, not even that of a refused import().
    [Promise.prototype, []],
  ]);
  for (const [prototype, names] of kept) keepOnly(prototype, names);
  const others: object[] = functions.map((each) => Object.getPrototypeOf(each) as object);
  for (const root of [...others, ...intrinsics()]) removeConstructor(root);
  for (const root of [...kept.keys(), ...others, ...intrinsics()]) freezeAll(root);
  removeGlobals();
}

/** The pattern is a Java regular expression, the replacement a Java replacement. */
const replaceFirst = {
  replace(this: unknown, pattern: unknown, replacement: unknown): string {
    return replaceMatches(toText(this), toText(pattern), toText(replacement), false);
  },
}.replace;

const replaceAll = {
  replaceAll(this: unknown, pattern: unknown, replacement: unknown): string {
    return replaceMatches(toText(this), toText(pattern), toText(replacement), true);
  },
}.replaceAll;

function intrinsics(): object[] {
  const errors = [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError];
  const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), new Map().keys(), new Set().keys()];
  return [
    ...[...errors, RaisedError, EarlyReturn].map((each) => each.prototype as object),
    ...iterators.map((each) => Object.getPrototypeOf(each) as object),
    Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object,
    RegExp.prototype,
    Date.prototype,
    Map.prototype,
    Set.prototype,
    WeakMap.prototype,
    WeakSet.prototype,
  ];
}

function keepOnly(prototype: object, kept: readonly PropertyKey[]): void {
  for (const name of Reflect.ownKeys(prototype)) if (kept.indexOf(name) < 0) Reflect.deleteProperty(prototype, name);
}

function removeConstructor(prototype: object): void {
  Reflect.deleteProperty(prototype, 'constructor');
}

/** Freezes an object and all that it holds. */
export function freezeAll(root: object): void {
  const pending: unknown[] = [root];
  const seen = new Set<unknown>();
  for (let value = pending.pop(); pending.length > 0 || value !== undefined; value = pending.pop()) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue;
    seen.add(value);
    Object.freeze(value);
    for (const name of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, name);
      if (property) pending.push(property.value, property.get, property.set);
    }
  }
}

function removeGlobals(): void {
  for (const name of Reflect.ownKeys(globalThis)) Reflect.deleteProperty(globalThis, name);
  // Node asks the realm's global Error how to write a stack, and the host's own Error if there is none: the host's
  // would be called with this realm's objects, and its own errors would come in here.
  const value: unknown = Object.freeze(Object.assign(Object.create(null), { prepareStackTrace: placeOf }));
  Object.defineProperty(globalThis, 'Error', { value });
}
