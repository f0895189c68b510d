import type { Json, Parameters } from '../../service.ts';
import { templateError } from './intrinsics.ts';
import { isList, isObject } from './model.ts';

const reference = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;

/** `{{resolve:ssm:/name}}` in texts. Source: CloudFormation User Guide, "Get values stored in other services". */
export function resolveDynamicReferences<Value extends Json>(value: Value, store: Pick<Parameters, 'get'>): Value {
  return replaceTexts(value, (text) =>
    text.includes('{{resolve:')
      ? text.replace(reference, (_, service: string, rest: string) => {
          if (service !== 'ssm') throw templateError(`dynamic references to ${service} are not supported here`);
          const [name = '', version] = rest.split(':');
          if (version !== undefined)
            throw templateError(`{{resolve:ssm:${rest}}} names a version: only the current one can be had here`);
          const found = store.get(name);
          if (found === undefined)
            throw templateError(`Unable to fetch parameters [${name}] from parameter store for this account.`);
          return found;
        })
      : text,
  ) as Value;
}

function replaceTexts(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value);
  if (isList(value)) return value.map((item) => replaceTexts(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceTexts(item, replace)]));
}
