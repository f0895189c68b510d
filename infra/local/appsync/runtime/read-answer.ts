import type { Json, JsonObject } from '../../service.ts';
import type { Effects, Evaluation, WrittenEvaluation } from './evaluation.ts';

/** "Evaluated mapping template size": 5 MB. */
const maximumResultCharacters = 5 * 1024 * 1024;

const noEffects: Effects = {
  logs: [],
  appendedErrors: [],
  responseHeaders: {},
  cacheEvictions: [],
  subscriptionInvalidations: [],
};

/** A realm's answer: the stash, the result and what else was left behind, a line each. JSON.stringify writes no line breaks. */
export function readAnswer(answer: string): WrittenEvaluation {
  const afterStash = answer.indexOf('\n');
  const afterResult = answer.indexOf('\n', afterStash + 1);
  const effects =
    afterResult === answer.length - 1 ? undefined : (readJson(answer.slice(afterResult + 1)) as Partial<Effects>);
  if (answer.length <= maximumResultCharacters) {
    return { stash: answer.slice(0, afterStash), result: answer.slice(afterStash + 1, afterResult), effects };
  }
  const message = `The evaluated result has ${answer.length} characters; AppSync takes at most ${maximumResultCharacters}`;
  const error = { message, type: 'Code', data: null, errorInfo: null };
  return { result: 'null', stash: '{}', effects: { ...effects, error } };
}

export function readEvaluation({ result, stash, effects }: WrittenEvaluation): Evaluation {
  return { ...noEffects, ...effects, result: readJson(result), stash: readJson(stash) as JsonObject };
}

/** A key that would be a prototype in the hands of a careless reader is left out; it is no GraphQL name anyway. */
export function readJson(text: string): Json {
  const value: unknown = text.includes('"__proto__"')
    ? JSON.parse(text, (key, part: unknown) => (key === '__proto__' ? undefined : part))
    : JSON.parse(text);
  return value as Json;
}
