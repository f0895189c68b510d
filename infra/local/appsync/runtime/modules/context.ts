import { requestText } from './host.ts';
import { isFields, type Fields } from './primordials.ts';
import { currentRun, type Given, type Parts } from './run.ts';

/** How each part is read. */
const readers: Readonly<Record<keyof Parts, (given: Given) => unknown>> = {
  arguments: ({ args }) => fieldsOf(args),
  identity: ({ identity }) => read(identity),
  source: ({ source }) => read(source),
  stash: ({ stash }) => fieldsOf(stash),
  result: ({ result }) => read(result),
  prev: ({ prev }) => read(prev),
  error: ({ error }) => read(error),
  request: () => read(requestText()) ?? { headers: {}, domainName: null },
  env: ({ env }) => environmentOf(env),
  info: ({ info }) => createInfo(read(info)),
};

/**
 * What every handler is called with: one frozen object for all, which shows each the parts of its own run. Most handlers read
 * little of it, and parsing all would take longer than they do: a part is parsed when it is read first.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export const context: Fields = createContext();

function createContext(): Fields {
  const made: Fields = {};
  for (const name of Object.keys(readers) as (keyof Parts)[]) {
    Object.defineProperty(made, name, { get: () => partOf(name), enumerable: true });
  }
  Object.defineProperty(made, 'args', { get: () => partOf('arguments'), enumerable: false });
  return Object.freeze(made);
}

function partOf(name: keyof Parts): unknown {
  const { given, parts } = currentRun();
  if (parts[name] === undefined) parts[name] = readers[name](given);
  return parts[name];
}

function read(json: string): unknown {
  return json === 'null' ? null : JSON.parse(json);
}

function fieldsOf(json: string): Fields {
  if (json === '{}') return {};
  const value = read(json);
  return isFields(value) ? value : {};
}

let lastEnvironment = { json: '', value: Object.freeze({}) };

/** All handlers of an API have the same one; it is frozen and holds but strings, so that it may be handed out again. */
function environmentOf(json: string): object {
  if (json !== lastEnvironment.json) {
    lastEnvironment = { json, value: Object.freeze((JSON.parse(json) as Fields | null) ?? {}) };
  }
  return lastEnvironment.value;
}

/** JSON.stringify leaves the selection set out. */
function createInfo(given: unknown): Fields {
  const { selectionSetList, selectionSetGraphQL, ...info } = isFields(given) ? given : {};
  hide(info, 'selectionSetList', selectionSetList ?? []);
  hide(info, 'selectionSetGraphQL', selectionSetGraphQL ?? '');
  return info;
}

function hide(target: Fields, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: false, writable: true, configurable: true });
}
