export {
  createResolverRuntime,
  EvaluationTimeout,
  UnsupportedCode,
  type CompiledCode,
  type ResolverRuntime,
  type ResolverRuntimeDependencies,
} from './create-resolver-runtime.ts';
export { evaluateCode, type EvaluateCodeInput, type EvaluateCodeOutput } from './evaluate-code.ts';
export type { Evaluation, ResolverContext, ResolverError } from './evaluation.ts';
