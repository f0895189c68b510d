import type { GraphQLResolveInfo } from 'graphql';
import type { DataSource } from '../data-sources/data-source.ts';
import type { Json, JsonObject } from '../../service.ts';
import { FieldFailure } from './field-failure.ts';
import { pathOf, type RequestScope } from './request-scope.ts';
import { type OwnContext, readJson, type SharedContext, shareContext, writeRequest } from '../runtime/index.ts';
import type { Effects, Evaluation, FieldInfo, ResolverCode } from './runtime.ts';
import { describeSelection, type SelectionInfo } from './selection.ts';

/** One request handler → data source → response handler. */
export interface Step {
  /** Who asks: what a page token is bound to, and what messages name. */
  readonly id: string;
  readonly code: () => ResolverCode;
  readonly dataSource: DataSource;
  readonly maxBatchSize: number;
}

export type ResolverPlan =
  | { readonly kind: 'UNIT'; readonly step: Step }
  | { readonly kind: 'PIPELINE'; readonly code: () => ResolverCode; readonly functions: readonly Step[] };

type Invocation = Pick<OwnContext, 'result' | 'prev' | 'error'>;

const nothing: Invocation = { result: 'null', prev: 'null', error: 'null' };

/**
 * Runs a field's resolver.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-reference-overview-js.html
 * @throws FieldFailure
 */
export async function runResolver(
  plan: ResolverPlan,
  source: Json,
  args: JsonObject,
  scope: RequestScope,
  info: GraphQLResolveInfo,
): Promise<Json> {
  const run = new ResolverRun(source, args, scope, info);
  if (plan.kind === 'UNIT') return readJson((await runStep(plan.step, run, 'null')).value);

  const begun = run.evaluate(plan.code(), 'request', nothing);
  let last = begun.result;
  if (!begun.effects?.earlyReturn) {
    for (const step of plan.functions) {
      const { value, ended } = await runStep(step, run, resultOf(last));
      last = value;
      if (ended) break;
    }
  }
  return readJson(run.evaluate(plan.code(), 'response', { result: last, prev: resultOf(last), error: 'null' }).result);
}

/** `ctx.prev` as JSON. */
function resultOf(written: string): string {
  return `{"result":${written}}`;
}

async function runStep(step: Step, run: ResolverRun, prev: string): Promise<{ value: string; ended: boolean }> {
  const code = step.code();
  const asked = run.evaluate(code, 'request', { result: 'null', prev, error: 'null' });
  const skipped = asked.effects?.earlyReturn;
  if (skipped) return { value: asked.result, ended: skipped.skipTo === 'END' };
  const { result, error } = await step.dataSource.invoke(readJson(asked.result), {
    caller: step.id,
    maxBatchSize: step.maxBatchSize,
    batches: run.scope.batches,
  });
  const answered = run.evaluate(code, 'response', {
    result: JSON.stringify(result ?? null),
    prev,
    error: error ? JSON.stringify(error) : 'null',
  });
  return { value: answered.result, ended: answered.effects?.earlyReturn?.skipTo === 'END' };
}

/** What the handlers of one resolver's run share: everything of `ctx` that stays, and the stash. */
class ResolverRun {
  readonly #shared: SharedContext;
  readonly #arguments: string;
  readonly #source: string;
  #stash = '{}';

  constructor(
    source: Json,
    args: JsonObject,
    readonly scope: RequestScope,
    private readonly graphql: GraphQLResolveInfo,
  ) {
    const { caller, request, environment: env } = scope;
    scope.written ??= writeRequest({ identity: caller.identity, request, env });
    this.#arguments = JSON.stringify(args);
    this.#source = JSON.stringify(source ?? null);
    this.#shared = shareContext(scope.written, fieldInfo(scope, graphql));
  }

  evaluate(code: ResolverCode, handler: 'request' | 'response', { result, prev, error }: Invocation): Evaluation {
    // Written out: V8 sets a member that a spread has brought in its slow way.
    const own = { arguments: this.#arguments, source: this.#source, stash: this.#stash, result, prev, error };
    const evaluation = code.evaluateShared(handler, own, this.#shared);
    this.#stash = evaluation.stash;
    if (evaluation.effects) this.#keep(evaluation.effects);
    return evaluation;
  }

  /** @throws FieldFailure where the handler ended with an error */
  #keep(effects: Effects): void {
    const { scope } = this;
    const { logs, subscriptionInvalidations, responseHeaders, error: failure } = effects;
    if (logs) scope.logs.push(...logs);
    if (subscriptionInvalidations) scope.invalidations.push(...subscriptionInvalidations);
    if (responseHeaders) Object.assign(scope.responseHeaders, responseHeaders);
    if (effects.subscriptionFilter !== undefined) scope.subscriptionFilter = effects.subscriptionFilter;
    if (effects.subscriptionInvalidationFilter !== undefined) {
      scope.subscriptionInvalidationFilter = effects.subscriptionInvalidationFilter;
    }
    for (const error of effects.appendedErrors ?? []) {
      scope.appended.push({ error, path: pathOf(this.graphql), nodes: this.graphql.fieldNodes });
    }
    if (failure) throw new FieldFailure(failure.type, failure.message, failure.data, failure.errorInfo);
  }
}

function fieldInfo(scope: RequestScope, info: GraphQLResolveInfo): FieldInfo {
  return {
    fieldName: info.fieldName,
    parentTypeName: info.parentType.name,
    variables: scope.variables,
    ...selectionOf(scope, info),
  };
}

/** Computed once for a document that is cached, unless variables decide what is selected. */
function selectionOf(scope: RequestScope, info: GraphQLResolveInfo): SelectionInfo {
  const [node] = info.fieldNodes;
  const reusable = node && info.fieldNodes.length === 1 ? scope.selections : undefined;
  const known = node && reusable?.get(node);
  if (known) return known;
  const described = describeSelection(info.fieldNodes, { fragments: scope.fragments, variables: info.variableValues });
  if (node) reusable?.set(node, described);
  return described;
}
