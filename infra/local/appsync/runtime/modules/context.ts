import { isFields, type Fields } from './primordials.ts';
import type { Given } from './run.ts';

/**
 * What a handler is called with. Most handlers read little of identity, request and info, and parsing them all would take longer
 * than the handlers do: each is parsed when it is read first.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
 */
export function createContext(given: Given): Fields {
  const own = JSON.parse(given.own) as Fields;
  const args = isFields(own.arguments) ? own.arguments : {};
  let identity: unknown;
  let request: unknown;
  let info: Fields | undefined;
  const context: Fields = {
    arguments: args,
    get identity() {
      return (identity ??= JSON.parse(given.identity));
    },
    source: own.source ?? null,
    stash: isFields(own.stash) ? own.stash : {},
    result: own.result ?? null,
    prev: own.prev ?? null,
    error: own.error ?? null,
    get request() {
      return (request ??= JSON.parse(given.request) ?? { headers: {}, domainName: null });
    },
    env: environmentOf(given.env),
    get info() {
      return (info ??= createInfo(JSON.parse(given.info)));
    },
  };
  hide(context, 'args', args);
  return Object.freeze(context);
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
