import { jsonProtocol } from '../front-door/protocols/json.ts';
import type { Clock, Environment, LocalService, Parameters, State } from '../service.ts';
import { parameterOperations } from './operations.ts';
import { parameterProvider } from './provider.ts';
import { createParameterStore } from './store.ts';

export interface ParametersDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
}

/** SSM Parameter Store. */
export function createParameters({ state, environment, clock }: ParametersDependencies): LocalService & Parameters {
  const store = createParameterStore(state, environment, clock);
  return {
    name: 'parameters',
    apis: [
      jsonProtocol({
        signingName: 'ssm',
        targetPrefix: 'AmazonSSM',
        version: '1.1',
        operations: parameterOperations(store),
      }),
    ],
    providers: [parameterProvider(store)],
    get: (name) => store.find(name)?.value,
    put: async (name, value) => void (await store.put({ name, value, type: 'String' })),
  };
}
