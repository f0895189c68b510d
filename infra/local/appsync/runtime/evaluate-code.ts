import { AwsError } from '../../errors.ts';
import type { LanguageError } from '../language/index.ts';
import { createResolverRuntime, UnsupportedCode } from './create-resolver-runtime.ts';
import type { ResolverContext } from './evaluation.ts';
import { EvaluationTimeout, type RealmDependencies } from './realm.ts';

/** https://docs.aws.amazon.com/appsync/latest/APIReference/API_EvaluateCode.html */
export interface EvaluateCodeInput {
  readonly runtime?: { readonly name?: string; readonly runtimeVersion?: string };
  readonly code?: string;
  /** JSON of the handler's context. */
  readonly context?: string;
  readonly function?: string;
}

export interface EvaluateCodeOutput {
  /** JSON of what the handler returned. */
  readonly evaluationResult?: string;
  readonly error?: { readonly message: string; readonly codeErrors: readonly CodeError[] };
  readonly logs: readonly string[];
  readonly stash?: string;
  readonly outErrors?: string;
}

export interface CodeError {
  readonly errorType: string;
  readonly value: string;
  readonly location: { readonly line: number; readonly column: number; readonly span: number };
}

const timeoutMilliseconds = 5_000;

/** Runs one handler of code that is not deployed, in a realm that is thrown away. */
export function evaluateCode(input: EvaluateCodeInput, dependencies: RealmDependencies): EvaluateCodeOutput {
  const { code, handler, context } = readInput(input);
  try {
    const compiled = createResolverRuntime(dependencies).compile(code, 'the evaluation');
    const evaluation = compiled.evaluate(handler, context, timeoutMilliseconds);
    const { result, error, logs, stash, appendedErrors } = evaluation;
    const outcome = error
      ? { error: { message: error.detail ?? error.message, codeErrors: [] } }
      : { evaluationResult: JSON.stringify(result) };
    return { ...outcome, logs, stash: JSON.stringify(stash), outErrors: JSON.stringify(appendedErrors) };
  } catch (error) {
    if (error instanceof UnsupportedCode)
      return {
        error: { message: 'Code contains one or more errors.', codeErrors: error.errors.map(toCodeError) },
        logs: [],
      };
    if (error instanceof EvaluationTimeout) return { error: { message: error.message, codeErrors: [] }, logs: [] };
    throw error;
  }
}

function toCodeError({ rule, message, line, column, span }: LanguageError): CodeError {
  const errorType = rule === 'syntax' ? 'PARSER_ERROR' : 'LINT_ERROR';
  return { errorType, value: message, location: { line, column, span } };
}

function readInput({ runtime, code, context, function: handler = 'request' }: EvaluateCodeInput) {
  if (runtime?.name !== 'APPSYNC_JS' || runtime.runtimeVersion !== '1.0.0')
    throw badRequest(`Got the runtime ${runtime?.name} ${runtime?.runtimeVersion}, expected APPSYNC_JS 1.0.0`);
  if (typeof code !== 'string' || code === '') throw badRequest('Expected code');
  if (handler !== 'request' && handler !== 'response')
    throw badRequest(`Got the function ${handler}, expected request or response`);
  return { code, handler, context: parseContext(context) } as const;
}

function parseContext(text: string | undefined): ResolverContext {
  let context: unknown;
  try {
    context = JSON.parse(text ?? '');
  } catch {
    throw badRequest('The context is no JSON');
  }
  if (typeof context !== 'object' || context === null || Array.isArray(context))
    throw badRequest('The context must be a JSON object');
  return context as ResolverContext;
}

function badRequest(message: string): AwsError {
  return new AwsError('BadRequestException', message, 400);
}
