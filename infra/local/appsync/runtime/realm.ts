import { createContext, Script } from 'node:vm';
import type { Clock } from '../../service.ts';
import { arrayMethods, stringMethods } from '../language/builtins.ts';
import { bundleModules } from './bundle-modules.ts';
import type { Evaluation, ResolverContext, WrittenEvaluation } from './evaluation.ts';
import { readAnswer, readEvaluation } from './read-answer.ts';
import { type OwnContext, type SharedContext, shareContext, writeOwn, writeRequest } from './shared-context.ts';

export interface RealmDependencies {
  /** As many random bytes as asked for. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly clock: Clock;
}

export interface CompiledCode {
  /**
   * Calls a handler. Synchronous; nothing stays from one call to the next.
   *
   * @param timeoutMilliseconds - ends a handler that takes longer; costs some 100 µs itself
   * @throws EvaluationTimeout
   */
  evaluate(handler: 'request' | 'response', context: ResolverContext, timeoutMilliseconds?: number): Evaluation;

  /** The same for one handler of several, which share a part of their context and hand their results on. */
  evaluateShared(handler: 'request' | 'response', own: OwnContext, shared: SharedContext): WrittenEvaluation;
}

/** A handler that was ended because it took too long. */
export class EvaluationTimeout extends Error {
  override readonly name = 'EvaluationTimeout';

  constructor(readonly milliseconds: number) {
    super(`The handler did not end within ${milliseconds} ms`);
  }
}

/** What a handler and a realm exchange: strings, so that no object of either is ever seen by the other. */
type Evaluator = (...given: WrittenCall) => string;

type WrittenCall = readonly [
  handler: string,
  ...own: readonly [args: string, source: string, stash: string, result: string, prev: string, error: string],
  ...shared: readonly [identity: string, env: string, info: string],
];

/** A JavaScript realm for resolvers, from which nothing of the host can be reached. */
export interface Realm {
  /** @param source - what instrumentCode made of checked code */
  load(source: string): CompiledCode;
}

export function createRealm({ randomBytes, clock }: RealmDependencies): Realm {
  // Without a prototype: the realm's global object must lead to no object of the host.
  const globals = Object.create(null) as Record<string, unknown>;
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  const modules = new Script(bundleModules(), { filename: 'modules.js' }).runInContext(context) as {
    start(
      randomHex: (count: number) => string,
      now: () => number,
      request: () => string,
      allowed: string,
    ): (factory: unknown) => Evaluator;
  };
  const randomHex = (count: number) => Buffer.from(randomBytes(count)).toString('hex');
  const allowed = JSON.stringify({ string: stringMethods, array: arrayMethods });
  // Handlers run one after the other: it is always that of the one which is running.
  let writeRequestNow = () => 'null';
  const createEvaluator = modules.start(
    randomHex,
    () => clock.now(),
    () => writeRequestNow(),
    allowed,
  );

  const evaluateInTime = (evaluator: Evaluator, given: WrittenCall, milliseconds: number): string => {
    // Only a script can be given a timeout. The name is gone again before anything else runs.
    globals.evaluator = evaluator;
    const call = `evaluator(${given.map((part) => JSON.stringify(part)).join(', ')})`;
    try {
      return new Script(call).runInContext(context, { timeout: milliseconds }) as string;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      throw new EvaluationTimeout(milliseconds);
    } finally {
      delete globals.evaluator;
    }
  };

  return {
    load(source: string): CompiledCode {
      const columnOffset = -source.indexOf('return () => {') - 'return () => { '.length;
      const factory: unknown = new Script(source, { filename: 'code.js', columnOffset }).runInContext(context);
      const evaluator = createEvaluator(factory);
      return {
        evaluate(handler, resolverContext, milliseconds) {
          const shared = shareContext(writeRequest(resolverContext), resolverContext.info);
          const given = writeCall(handler, writeOwn(resolverContext), shared);
          writeRequestNow = shared.request.request;
          const answer =
            milliseconds === undefined ? evaluator(...given) : evaluateInTime(evaluator, given, milliseconds);
          return readEvaluation(readAnswer(answer));
        },
        evaluateShared(handler, own, { request, info }) {
          const { arguments: args, source, stash, result, prev, error } = own;
          writeRequestNow = request.request;
          // One by one: a list of them would be made, and taken apart, for each handler of each request.
          const { identity, env } = request;
          return readAnswer(evaluator(handler, args, source, stash, result, prev, error, identity, env, info));
        },
      };
    },
  };
}

function writeCall(handler: string, own: OwnContext, shared: SharedContext): WrittenCall {
  const { arguments: args, source, stash, result, prev, error } = own;
  return [handler, args, source, stash, result, prev, error, shared.request.identity, shared.request.env, shared.info];
}
