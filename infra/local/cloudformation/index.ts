import { setMaxListeners } from 'node:events';
import { queryProtocol } from '../front-door/protocols/query.ts';
import type {
  Clock,
  Environment,
  Functions,
  LocalService,
  Objects,
  Parameters,
  ResourceProvider,
  State,
} from '../service.ts';
import { createEngineContext } from './engine/context.ts';
import { createStackRunner } from './engine/stack-runner.ts';
import { cloudFormationOperations } from './operations/index.ts';
import { customResourceProvider } from './providers/custom-resource.ts';
import { cdkMetadataProvider, waitConditionHandleProvider } from './providers/placeholders.ts';
import { createResponses } from './providers/responses.ts';
import { createStackEngine, type StackEngine } from './stack-engine.ts';

export type { DeployedStack, DeployRequest, StackEngine } from './stack-engine.ts';
export { StackFailed } from './stack-engine.ts';
export type { StackEvent } from './engine/model.ts';

export interface CloudFormationDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  /** Asked when a type is first needed: services are built after one another. */
  readonly providers: () => readonly ResourceProvider[];
  readonly parameters: Parameters;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly objects: Pick<Objects, 'read'>;
  /**
   * What stands before the path of a custom resource's ResponseURL. By default AWS's own host, since functions put their
   * answers there with code that knows no port; the front door takes it by its path.
   */
  readonly responseOrigin?: string;
}

/** CloudFormation. */
export function createCloudFormation(dependencies: CloudFormationDependencies): LocalService & StackEngine {
  const { state, environment, clock, providers, parameters, functions, objects } = dependencies;
  const bucket = `cloudformation-custom-resource-response-${environment.region.replaceAll('-', '')}`;
  const { responseOrigin = `https://${bucket}.s3.amazonaws.com` } = dependencies;
  const stopping = new AbortController();
  // Each custom resource that waits for its answer listens.
  setMaxListeners(0, stopping.signal);
  const responses = createResponses(stopping.signal);

  const own = [cdkMetadataProvider(), waitConditionHandleProvider(environment)];
  let byType: ReadonlyMap<string, ResourceProvider> | undefined;
  const provider = (type: string): ResourceProvider | undefined => {
    if (type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource') {
      return customResourceProvider(type, { environment, functions, responses, responseOrigin });
    }
    byType ??= new Map([...providers(), ...own].map((item) => [item.type, item]));
    return byType.get(type);
  };

  const context = createEngineContext({ state, environment, clock, parameters, signal: stopping.signal, provider });
  const runner = createStackRunner(context);
  const operations = cloudFormationOperations({ context, runner, objects, state });
  const namespace = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

  return {
    name: 'cloudformation',
    apis: [queryProtocol({ signingName: 'cloudformation', version: '2010-05-15', namespace, operations })],
    routes: [responses.route],
    ...createStackEngine(context, runner),
    async start() {
      // Stacks that are whole come first, so that others find them right; interrupted work goes on beside.
      await runner.refresh();
      runner.resume().then(
        () => runner.refresh(),
        (error: unknown) => void process.stderr.write(`CloudFormation: ${String(error)}\n`),
      );
    },
    async stop() {
      stopping.abort();
      await runner.whenIdle();
      await context.events.flush();
    },
  };
}
