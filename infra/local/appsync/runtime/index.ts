export { createResolverRuntime, UnsupportedCode, type ResolverRuntime } from './create-resolver-runtime.ts';
export { evaluateCode, type EvaluateCodeInput, type EvaluateCodeOutput } from './evaluate-code.ts';
export type { Evaluation, ResolverContext, ResolverError, WrittenEvaluation } from './evaluation.ts';
export { readJson } from './read-answer.ts';
export {
  type OwnContext,
  type RequestContext,
  type SharedContext,
  shareContext,
  writeRequest,
} from './shared-context.ts';
export { EvaluationTimeout, type CompiledCode, type RealmDependencies } from './realm.ts';
