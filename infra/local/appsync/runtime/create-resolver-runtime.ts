import { createHash } from 'node:crypto';
import { checkCode, parseModule, type LanguageError } from '../language/index.ts';
import { earlyExit } from './early-exit.ts';
import { instrumentCode } from './instrument-code.ts';
import { answeringKnown, knownHandlers } from './known-handlers.ts';
import { createRealm, type CompiledCode, type RealmDependencies } from './realm.ts';

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

/** Code that AppSync would refuse. */
export class UnsupportedCode extends Error {
  override readonly name = 'UnsupportedCode';

  constructor(readonly unit: string, readonly errors: readonly LanguageError[]) {
    const lines = errors.map(({ line, column, message, rule }) => `  ${line}:${column} ${message} (${rule})`);
    super(`The code of ${unit} contains one or more errors:\n${lines.join('\n')}`);
  }
}

const maximumCompiled = 1_000;

export function createResolverRuntime(dependencies: RealmDependencies): ResolverRuntime {
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
      const { program } = parsed;
      const unit = answeringKnown(
        realm.load(instrumentCode(code, program)),
        knownHandlers(program),
        earlyExit(program),
      );
      const [oldest] = compiled.keys();
      if (compiled.size >= maximumCompiled && oldest !== undefined) compiled.delete(oldest);
      compiled.set(hash, unit);
      return unit;
    },
  };
}
