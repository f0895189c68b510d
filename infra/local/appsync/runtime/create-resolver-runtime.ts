import { createHash } from 'node:crypto';
import { createContext, Script } from 'node:vm';
import type { Clock, Json } from '../../service.ts';
import { arrayMethods, stringMethods } from '../language/builtins.ts';
import { checkCode, parseModule, type LanguageError } from '../language/index.ts';
import { bundleModules } from './bundle-modules.ts';
import type { Evaluation, ResolverContext } from './evaluation.ts';
import { instrumentCode } from './instrument-code.ts';

export interface ResolverRuntimeDependencies {
  /** As many random bytes as asked for. */
  readonly randomBytes: (count: number) => Uint8Array;
  readonly clock: Clock;
}

/** Runs the code of resolvers and functions, each API's in a realm of its own. */
export interface ResolverRuntime {
  /**
   * Checks and compiles code, or takes it from those compiled before.
   *
   * @param name - of the resolver or function, for messages: `Query.product`
   * @throws UnsupportedCode with everything that AppSync would refuse
   */
  compile(code: string, name: string): CompiledCode;
}

export interface CompiledCode {
  /**
   * Calls a handler. Synchronous; nothing stays from one call to the next.
   *
   * @param timeoutMilliseconds - ends a handler that takes longer; costs some 100 µs itself
   * @throws EvaluationTimeout
   */
  evaluate(handler: 'request' | 'response', context: ResolverContext, timeoutMilliseconds?: number): Evaluation;
}

/** Code that AppSync would refuse. */
export class UnsupportedCode extends Error {
  override readonly name = 'UnsupportedCode';

  constructor(readonly unit: string, readonly errors: readonly LanguageError[]) {
    const lines = errors.map(({ line, column, message, rule }) => `  ${line}:${column} ${message} (${rule})`);
    super(`The code of ${unit} contains one or more errors:\n${lines.join('\n')}`);
  }
}

/** A handler that was ended because it took too long. */
export class EvaluationTimeout extends Error {
  override readonly name = 'EvaluationTimeout';

  constructor(readonly milliseconds: number) {
    super(`The handler did not end within ${milliseconds} ms`);
  }
}

/** What a handler and a realm exchange: strings, so that no object of either is ever seen by the other. */
type Evaluator = (handler: string, contextJson: string) => string;

const maximumCompiled = 1_000;

/** "Evaluated mapping template size": 5 MB. */
const maximumResultCharacters = 5 * 1024 * 1024;

export function createResolverRuntime(dependencies: ResolverRuntimeDependencies): ResolverRuntime {
  const realm = createRealm(dependencies);
  const compiled = new Map<string, CompiledCode>();
  return {
    compile(code, name) {
      const hash = createHash('sha256').update(code).digest('base64');
      const known = compiled.get(hash);
      if (known) return known;
      const errors = checkCode(code);
      const parsed = parseModule(code);
      if (errors.length > 0 || 'error' in parsed) throw new UnsupportedCode(name, errors);
      const unit = realm.load(instrumentCode(code, parsed.program));
      const [oldest] = compiled.keys();
      if (compiled.size >= maximumCompiled && oldest !== undefined) compiled.delete(oldest);
      compiled.set(hash, unit);
      return unit;
    },
  };
}

function createRealm({ randomBytes, clock }: ResolverRuntimeDependencies) {
  // Without a prototype: the realm's global object must lead to no object of the host.
  const globals = Object.create(null) as Record<string, unknown>;
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  const modules = new Script(bundleModules(), { filename: 'modules.js' }).runInContext(context) as {
    start(randomHex: (count: number) => string, now: () => number, allowed: string): (factory: unknown) => Evaluator;
  };
  const randomHex = (count: number) => Buffer.from(randomBytes(count)).toString('hex');
  const allowed = JSON.stringify({ string: stringMethods, array: arrayMethods });
  const createEvaluator = modules.start(randomHex, () => clock.now(), allowed);

  const evaluateInTime = (evaluator: Evaluator, handler: string, contextJson: string, milliseconds: number): string => {
    // Only a script can be given a timeout. The name is gone again before anything else runs.
    globals.evaluator = evaluator;
    const call = `evaluator(${JSON.stringify(handler)}, ${JSON.stringify(contextJson)})`;
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
          const contextJson = JSON.stringify(resolverContext);
          const answer =
            milliseconds === undefined
              ? evaluator(handler, contextJson)
              : evaluateInTime(evaluator, handler, contextJson, milliseconds);
          return readEvaluation(answer);
        },
      };
    },
  };
}

function readEvaluation(answer: string): Evaluation {
  // A key that would be a prototype in the hands of a careless reader is no GraphQL name anyway.
  const evaluation = (
    answer.includes('"__proto__"')
      ? JSON.parse(answer, (key, value: Json) => (key === '__proto__' ? undefined : value))
      : JSON.parse(answer)
  ) as Evaluation;
  if (answer.length <= maximumResultCharacters) return evaluation;
  const message = `The evaluated result has ${answer.length} characters; AppSync takes at most ${maximumResultCharacters}`;
  return { ...evaluation, result: null, stash: {}, error: { message, type: 'Code', data: null, errorInfo: null } };
}
