import type { Clock, Environment, State } from '../../service.ts';
import { AwsError } from '../../errors.ts';
import type { RandomBytes } from '../dependencies.ts';
import type { AliasDocument, FunctionCode, FunctionDocument, FunctionSettings } from '../model.ts';
import { uuid } from '../uuid.ts';
import { functionArn, functionNotFound, parseReference, type FunctionReference } from './reference.ts';

export interface ResolvedFunction {
  readonly document: FunctionDocument;
  /** What the caller named: `context.invokedFunctionArn`. */
  readonly arn: string;
  readonly reference: FunctionReference;
}

/** The functions, their versions and aliases. */
export interface Registry {
  all(): FunctionDocument[];
  find(name: string): FunctionDocument | undefined;
  /** Throws ResourceNotFoundException. */
  resolve(text: string, qualifier?: string): ResolvedFunction;
  /** Throws ResourceConflictException if a function of that name is there, unless the same token made it. */
  create(name: string, settings: FunctionSettings, code: FunctionCode, token?: string): Promise<FunctionDocument>;
  change(name: string, settings: Partial<FunctionSettings>, code?: FunctionCode): Promise<FunctionDocument>;
  delete(name: string): Promise<void>;
  publish(name: string, description: string, token: string): Promise<FunctionDocument>;
  unpublish(name: string, version: string): Promise<void>;
  findAlias(arn: string): AliasDocument | undefined;
  putAlias(alias: AliasDocument): Promise<void>;
  deleteAlias(functionName: string, name: string): Promise<void>;
  arn(reference: FunctionReference): string;
}

export interface RegistryDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  /** A function is another one now, or gone: its workers are of the past. */
  onChange(name: string): void;
}

export function createRegistry({ state, environment, clock, randomBytes, onChange }: RegistryDependencies): Registry {
  const functions = state.collection<FunctionDocument>('lambda/functions');
  const versions = state.collection<FunctionDocument>('lambda/versions');
  const aliases = state.collection<AliasDocument>('lambda/aliases');
  const key = (name: string, qualifier: string) => `${name}:${qualifier}`;
  const fresh = () => ({ revision: uuid(randomBytes), modifiedAt: clock.now() });

  const existing = (name: string): FunctionDocument => {
    const document = functions.get(name);
    if (!document) throw functionNotFound(functionArn(environment, { name }));
    return document;
  };
  const lookUp = ({ name, qualifier }: FunctionReference): FunctionDocument | undefined => {
    if (qualifier === undefined) return functions.get(name);
    const version = aliases.get(key(name, qualifier))?.version ?? qualifier;
    return version === '$LATEST' ? functions.get(name) : versions.get(key(name, version));
  };

  return {
    all: () => [...functions.values()],
    find: (name) => functions.get(name),
    arn: (reference) => functionArn(environment, reference),

    resolve(text, qualifier) {
      const reference = parseReference(text, environment, qualifier);
      const arn = functionArn(environment, reference);
      const document = lookUp(reference);
      if (!document) throw functionNotFound(arn);
      return { document, arn, reference };
    },

    async create(name, settings, code, token) {
      const earlier = functions.get(name);
      if (earlier && (token === undefined || earlier.token !== token)) {
        throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409, { Type: 'User' });
      }
      const document: FunctionDocument = {
        ...settings,
        ...fresh(),
        name,
        code,
        token,
        version: '$LATEST',
        published: earlier?.published ?? 0,
      };
      await functions.put(name, document);
      onChange(name);
      return document;
    },

    async change(name, settings, code) {
      const earlier = existing(name);
      const document: FunctionDocument = { ...earlier, ...settings, ...fresh(), code: code ?? earlier.code };
      await functions.put(name, document);
      onChange(name);
      return document;
    },

    async delete(name) {
      const gone = [...versions.entries()].filter(([, version]) => version.name === name).map(([id]) => id);
      const goneAliases = [...aliases.entries()].filter(([, alias]) => alias.functionName === name).map(([id]) => id);
      const deletions = [
        ...gone.map((id) => versions.delete(id)),
        ...goneAliases.map((id) => aliases.delete(id)),
        functions.delete(name),
      ];
      await Promise.all(deletions);
      onChange(name);
    },

    async publish(name, description, token) {
      const published = [...versions.values()].find((version) => version.name === name && version.token === token);
      if (published) return published;
      const latest = existing(name);
      const number = latest.published + 1;
      const version: FunctionDocument = { ...latest, ...fresh(), version: String(number), description, token };
      const writes = [
        functions.put(name, { ...latest, published: number }),
        versions.put(key(name, String(number)), version),
      ];
      await Promise.all(writes);
      return version;
    },

    async unpublish(name, version) {
      await versions.delete(key(name, version));
      onChange(name);
    },

    findAlias(arn) {
      const { name, qualifier = '' } = parseReference(arn, environment);
      return aliases.get(key(name, qualifier));
    },

    async putAlias(alias) {
      existing(alias.functionName);
      const named = lookUp({ name: alias.functionName, qualifier: alias.version });
      if (alias.version !== '$LATEST' && !named) {
        throw functionNotFound(functionArn(environment, { name: alias.functionName, qualifier: alias.version }));
      }
      const earlier = aliases.get(key(alias.functionName, alias.name));
      if (earlier && earlier.token !== alias.token) {
        throw new AwsError('ResourceConflictException', `Alias already exists: ${alias.name}`, 409);
      }
      await aliases.put(key(alias.functionName, alias.name), alias);
    },

    deleteAlias: (functionName, name) => aliases.delete(key(functionName, name)),
  };
}
