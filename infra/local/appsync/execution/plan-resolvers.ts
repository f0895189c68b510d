import { AwsError } from '../../errors.ts';
import type { DataSource } from '../data-sources/data-source.ts';
import type { DataSourceRecord } from '../model.ts';
import type { Store } from '../store.ts';
import type { ResolverPlan, Step } from './run-resolver.ts';
import type { ResolverCode, ResolverRuntime } from './runtime.ts';

export interface PlanningTools {
  readonly runtime: ResolverRuntime;
  openDataSource(record: DataSourceRecord): DataSource;
}

/** An API's resolvers by `Type.field`, ready to run; their code is compiled when it first runs. */
export function planResolvers(
  apiId: string,
  store: Store,
  { runtime, openDataSource }: PlanningTools,
): Map<string, ResolverPlan> {
  const sources = new Map(store.of(store.dataSources, apiId).map((record) => [record.name, openDataSource(record)]));
  const sourceOf = (name: string): DataSource => sources.get(name) ?? missing(`data source ${name}`);
  const compiled = (code: string, name: string): (() => ResolverCode) => {
    let made: ResolverCode | undefined;
    return () => (made ??= runtime.compile(code, name));
  };
  const functions = new Map(
    store.of(store.functions, apiId).map((record) => {
      const step: Step = {
        id: record.functionId,
        code: compiled(record.code, record.name),
        dataSource: sourceOf(record.dataSourceName),
        maxBatchSize: record.maxBatchSize,
      };
      return [record.functionId, step];
    }),
  );

  const plans = new Map<string, ResolverPlan>();
  for (const record of store.of(store.resolvers, apiId)) {
    const coordinate = `${record.typeName}.${record.fieldName}`;
    const code = compiled(record.code, coordinate);
    if (record.kind === 'UNIT') {
      const dataSource = sourceOf(record.dataSourceName);
      plans.set(coordinate, {
        kind: 'UNIT',
        step: { id: coordinate, code, dataSource, maxBatchSize: record.maxBatchSize },
      });
      continue;
    }
    const steps = record.functionIds.map((functionId) => {
      const step: Step = functions.get(functionId) ?? missing(`function ${functionId}`);
      return { ...step, id: `${coordinate}/${functionId}` };
    });
    plans.set(coordinate, { kind: 'PIPELINE', code, functions: steps });
  }
  return plans;
}

function missing(what: string): never {
  throw new AwsError('NotFoundException', `The API's ${what} does not exist (any more)`, 404);
}
