import { AwsError } from '../errors.ts';
import type { Call, Operation } from '../service.ts';
import type { Parameter, ParameterStore } from './store.ts';

interface PutInput {
  readonly Name?: string;
  readonly Value?: string;
  readonly Type?: Parameter['type'];
  readonly Description?: string;
  readonly Overwrite?: boolean;
}

const types: ReadonlySet<string> = new Set(['String', 'StringList', 'SecureString']);

export function parameterOperations(store: ParameterStore): Record<string, Operation> {
  const describe = (parameter: Parameter) => ({
    Name: parameter.name,
    Type: parameter.type,
    Value: parameter.value,
    Version: parameter.version,
    LastModifiedDate: new Date(parameter.modifiedAt),
    ARN: store.arn(parameter.name),
    DataType: 'text',
  });

  return {
    GetParameter(call: Call, { Name }: { readonly Name?: string }) {
      const name = required('Name', Name);
      call.authorize('ssm:GetParameter', store.arn(name));
      return { Parameter: describe(found(store, name)) };
    },

    GetParameters(call: Call, { Names = [] }: { readonly Names?: readonly string[] }) {
      for (const name of Names) call.authorize('ssm:GetParameters', store.arn(name));
      const known = Names.flatMap((name) => store.find(name) ?? []);
      return { Parameters: known.map(describe), InvalidParameters: Names.filter((name) => !store.find(name)) };
    },

    GetParametersByPath(
      call: Call,
      { Path, Recursive = false }: { readonly Path?: string; readonly Recursive?: boolean },
    ) {
      const path = required('Path', Path).replace(/\/?$/, '/');
      call.authorize('ssm:GetParametersByPath', store.arn(path));
      const below = store
        .all()
        .filter(({ name }) => name.startsWith(path) && (Recursive || !name.slice(path.length).includes('/')));
      return { Parameters: below.map(describe) };
    },

    async PutParameter(call: Call, input: PutInput) {
      const name = required('Name', input.Name);
      call.authorize('ssm:PutParameter', store.arn(name));
      const existing = store.find(name);
      if (existing && !input.Overwrite) {
        throw new AwsError(
          'ParameterAlreadyExists',
          'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
        );
      }
      const type = input.Type ?? existing?.type ?? 'String';
      if (!types.has(type))
        throw new AwsError('UnsupportedParameterType', `Type is ${type}, expected one of ${[...types].join(', ')}`);
      const value = required('Value', input.Value);
      const { version } = await store.put({ name, value, type, description: input.Description });
      return { Version: version, Tier: 'Standard' };
    },

    async DeleteParameter(call: Call, { Name }: { readonly Name?: string }) {
      const name = required('Name', Name);
      call.authorize('ssm:DeleteParameter', store.arn(name));
      found(store, name);
      await store.delete(name);
      return {};
    },
  };
}

function found(store: ParameterStore, name: string): Parameter {
  const parameter = store.find(name);
  if (!parameter) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  return parameter;
}

function required(member: string, value: string | undefined): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${member} is missing: expected a text of at least one character`);
}
