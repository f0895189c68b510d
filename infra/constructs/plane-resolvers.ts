import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { CfnFunctionConfiguration, CfnResolver, type GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { PipelineStep, Pipelines } from '../../resolvers/pipelines.ts';
import { checkCode } from '../local/appsync/language/index.ts';
import { bundleSteps } from './bundle.ts';
import { checksAreWanted } from './checks.ts';
import type { PlaneDataSource } from './data-sources.ts';
import { type GuardedPlane, requireGuards } from './require-guards.ts';
import { requireOwnKeys } from './require-own-keys.ts';
import type { RootField } from './schema-text.ts';

export interface PlaneResolversProps {
  readonly api: GraphqlApi;
  /** The folder below `sources`. */
  readonly plane: string;
  /** Where the steps of all planes are; resolvers/ unless said. */
  readonly sources?: string;
  readonly fields: readonly RootField[];
  readonly pipelines: Pipelines;
  readonly permissions: GuardedPlane['permissions'];
  readonly guards: GuardedPlane['guards'];
  /** Steps that go before a field's own, from the plane's folder too. */
  readonly before: (field: RootField) => readonly PipelineStep[];
  readonly dataSources: Readonly<Record<string, PlaneDataSource>>;
}

const runtime = { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' };
/** Source: AWS AppSync developer guide, "Quotas". */
const mostFunctions = 10;

/** What stands around a pipeline: it adds nothing to its steps. */
const around = `export const request = () => ({});
export const response = (ctx) => ctx.prev.result;
`;

/**
 * A pipeline resolver for every root field of a plane. Synth fails if a field has no steps or is not guarded, if steps name no field or no data source,
 * and if code is not APPSYNC_JS, or takes a key of tenants' data from elsewhere than the caller's tenant.
 */
export class PlaneResolvers extends Construct {
  constructor(scope: Construct, id: string, props: PlaneResolversProps) {
    super(scope, id);
    const { api, fields, plane, pipelines, permissions, guards } = props;
    requireSteps(plane, fields, pipelines);

    const stepsOf = (field: RootField): PipelineStep[] => [
      ...[...props.before(field), ...(pipelines[field.coordinate] ?? [])].map(({ step, dataSource }) => ({
        step: posix.join(plane, step),
        dataSource,
      })),
    ];
    requireGuards({ plane, fields, permissions, guards, stepsOf });
    const steps = [...new Set(fields.flatMap((field) => stepsOf(field).map(({ step }) => step)))];
    const folder = bundleSteps(steps, props.sources);
    const stepsScope = new Construct(this, 'Steps');
    const fieldsScope = new Construct(this, 'Fields');
    const functions = new Map<string, CfnFunctionConfiguration>();

    const functionOf = ({ step, dataSource }: PipelineStep): CfnFunctionConfiguration => {
      const key = `${step} ${dataSource}`;
      const existing = functions.get(key);
      if (existing) return existing;
      const source = props.dataSources[dataSource];
      if (!source)
        throw new Error(
          `Step ${step} names the data source ${dataSource}; there are ${Object.keys(props.dataSources).join(', ')}`,
        );
      const path = join(folder, `${step}.js`);
      if (checksAreWanted) {
        const code = readFileSync(path, 'utf8');
        requireAppsyncCode(step, code);
        if (guards.some(({ role }) => role === 'TENANT')) requireOwnKeys(step, code);
      }
      const name = step.replace(/^[^/]+\//, '').replaceAll(/\W/g, '_');
      const scope = new Construct(stepsScope, `${name}_${dataSource}`);
      const made = new CfnFunctionConfiguration(scope, 'Function', {
        apiId: api.apiId,
        name,
        dataSourceName: source.dataSource.attrName,
        runtime,
        codeS3Location: new Asset(scope, 'Code', { path }).s3ObjectUrl,
      });
      functions.set(key, made);
      return made;
    };

    for (const field of fields) {
      const pipeline = stepsOf(field);
      if (pipeline.length > mostFunctions) {
        throw new Error(`${field.coordinate} has ${pipeline.length} steps, at most ${mostFunctions} are allowed`);
      }
      const resolver = new CfnResolver(fieldsScope, field.coordinate.replace('.', '_'), {
        apiId: api.apiId,
        typeName: field.typeName,
        fieldName: field.fieldName,
        kind: 'PIPELINE',
        runtime,
        code: around,
        pipelineConfig: { functions: pipeline.map((step) => functionOf(step).attrFunctionId) },
      });
      api.addSchemaDependency(resolver);
    }
  }
}

function requireSteps(plane: string, fields: readonly RootField[], pipelines: Pipelines): void {
  const known = new Set(fields.map(({ coordinate }) => coordinate));
  const without = [...known].filter((coordinate) => (pipelines[coordinate] ?? []).length === 0);
  const unknown = Object.keys(pipelines).filter((coordinate) => !known.has(coordinate));
  if (without.length > 0) throw new Error(`No steps in resolvers/${plane}/pipelines.ts for ${without.join(', ')}`);
  if (unknown.length > 0)
    throw new Error(`resolvers/${plane}/pipelines.ts names fields that the schema lacks: ${unknown.join(', ')}`);
}

function requireAppsyncCode(step: string, code: string): void {
  const errors = checkCode(code);
  if (errors.length === 0) return;
  const lines = errors.map(({ line, column, message }) => `  ${line}:${column} ${message}`);
  throw new Error(`The bundle of resolvers/${step}.ts is not APPSYNC_JS:\n${lines.join('\n')}`);
}
