import type { Clock } from '../../service.ts';
import type { AuthorizerAnswer } from './authorizer-answer.ts';

export interface AnswerCache {
  get(apiId: string, token: string): AuthorizerAnswer | undefined;
  /** Keeps an answer as long as it says; one of 0 seconds or of 1 MiB and more not at all. */
  put(apiId: string, token: string, answer: AuthorizerAnswer): void;
  forget(apiId: string): void;
}

const maximumAnswerBytes = 1024 * 1024;
const maximumAnswersPerApi = 10_000;

/** Answers of authorizers by API and token; the oldest go first. */
export function createAnswerCache(clock: Clock): AnswerCache {
  const apis = new Map<string, Map<string, { readonly answer: AuthorizerAnswer; readonly until: number }>>();
  return {
    get(apiId, token) {
      const entry = apis.get(apiId)?.get(token);
      if (!entry) return undefined;
      if (entry.until > clock.now()) return entry.answer;
      apis.get(apiId)?.delete(token);
      return undefined;
    },
    put(apiId, token, answer) {
      if (answer.ttlSeconds === 0 || answer.bytes >= maximumAnswerBytes) return;
      const answers = apis.get(apiId) ?? new Map<string, { answer: AuthorizerAnswer; until: number }>();
      apis.set(apiId, answers);
      answers.delete(token);
      answers.set(token, { answer, until: clock.now() + answer.ttlSeconds * 1000 });
      const [oldest] = answers.keys();
      if (answers.size > maximumAnswersPerApi && oldest !== undefined) answers.delete(oldest);
    },
    forget: (apiId) => void apis.delete(apiId),
  };
}
