import type { Clock, Environment, State } from '../service.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly type: 'String' | 'StringList' | 'SecureString';
  readonly description?: string | undefined;
  readonly version: number;
  readonly modifiedAt: number;
  /** The token of the CloudFormation creation that made it, by which a creation that runs again knows its own. */
  readonly createdBy?: string | undefined;
}

export interface ParameterStore {
  find(name: string): Parameter | undefined;
  all(): Parameter[];
  put(parameter: Pick<Parameter, 'name' | 'value' | 'type' | 'description' | 'createdBy'>): Promise<Parameter>;
  delete(name: string): Promise<boolean>;
  arn(name: string): string;
}

export function createParameterStore(state: State, environment: Environment, clock: Clock): ParameterStore {
  const parameters = state.collection<Parameter>('parameters/parameters');
  return {
    find: (name) => parameters.get(name),
    all: () => [...parameters.values()],
    async put(given) {
      const existing = parameters.get(given.name);
      const version = (existing?.version ?? 0) + 1;
      const createdBy = given.createdBy ?? existing?.createdBy;
      const parameter: Parameter = { ...given, version, modifiedAt: clock.now(), createdBy };
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
