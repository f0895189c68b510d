import type { Clock, Environment, State } from '../service.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly description?: string | undefined;
  readonly version: number;
  readonly modifiedAt: number;
}

export interface ParameterStore {
  find(name: string): Parameter | undefined;
  all(): Parameter[];
  put(parameter: Pick<Parameter, 'name' | 'value' | 'type' | 'description'>): Promise<Parameter>;
  delete(name: string): Promise<boolean>;
  arn(name: string): string;
}

export function createParameterStore(state: State, environment: Environment, clock: Clock): ParameterStore {
  const parameters = state.collection<Parameter>('parameters/parameters');
  return {
    find: (name) => parameters.get(name),
    all: () => [...parameters.values()],
    async put(given) {
      const version = (parameters.get(given.name)?.version ?? 0) + 1;
      const parameter: Parameter = { ...given, version, modifiedAt: clock.now() };
      await parameters.put(given.name, parameter);
      return parameter;
    },
    async delete(name) {
      const known = parameters.has(name);
      if (known) await parameters.delete(name);
      return known;
    },
    arn: (name) =>
      `arn:${environment.partition}:ssm:${environment.region}:${environment.accountId}:parameter/${name.replace(
        /^\//,
        '',
      )}`,
  };
}
