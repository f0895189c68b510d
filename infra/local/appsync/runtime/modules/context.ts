import { isFields, type Fields } from './primordials.ts';

/** What a handler is called with. https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html */
export function createContext(given: Fields): Fields {
  const args = isFields(given.arguments) ? given.arguments : {};
  const context: Fields = {
    arguments: args,
    identity: given.identity ?? null,
    source: given.source ?? null,
    stash: isFields(given.stash) ? given.stash : {},
    result: given.result ?? null,
    prev: given.prev ?? null,
    error: given.error ?? null,
    request: given.request ?? { headers: {}, domainName: null },
    env: Object.freeze(given.env ?? {}),
    info: createInfo(isFields(given.info) ? given.info : {}),
  };
  hide(context, 'args', args);
  return Object.freeze(context);
}

/** JSON.stringify leaves the selection set out. */
function createInfo(given: Fields): Fields {
  const { selectionSetList, selectionSetGraphQL, ...info } = given;
  hide(info, 'selectionSetList', selectionSetList ?? []);
  hide(info, 'selectionSetGraphQL', selectionSetGraphQL ?? '');
  return info;
}

function hide(target: Fields, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: false, writable: true, configurable: true });
}
