import type { State } from '../../service.ts';
import type { FunctionReference } from '../registry/reference.ts';
import type { PermissionDocument } from '../model.ts';

/** The statements of functions' resource policies. A qualifier has a policy of its own. */
export interface PermissionStore {
  of(reference: FunctionReference): PermissionDocument[];
  put(permission: PermissionDocument): Promise<void>;
  delete(reference: FunctionReference, statementId: string): Promise<boolean>;
  deleteAll(functionName: string): Promise<void>;
}

export function createPermissionStore(state: State): PermissionStore {
  const documents = state.collection<PermissionDocument>('lambda/permissions');
  const key = ({ name, qualifier }: FunctionReference, statementId: string) =>
    `${name}:${qualifier ?? ''}:${statementId}`;
  // Read on every call of a service, so kept by function.
  const byFunction = new Map<string, PermissionDocument[]>();

  const ofFunction = (name: string): PermissionDocument[] => {
    const known = byFunction.get(name);
    if (known) return known;
    const found = [...documents.values()].filter(({ functionName }) => functionName === name);
    byFunction.set(name, found);
    return found;
  };

  return {
    of: ({ name, qualifier }) => ofFunction(name).filter((permission) => permission.qualifier === qualifier),

    async put(permission) {
      const { functionName: name, qualifier, statementId } = permission;
      const written = documents.put(key({ name, qualifier }, statementId), permission);
      byFunction.delete(name);
      await written;
    },

    async delete(reference, statementId) {
      const id = key(reference, statementId);
      if (!documents.has(id)) return false;
      const written = documents.delete(id);
      byFunction.delete(reference.name);
      await written;
      return true;
    },

    async deleteAll(functionName) {
      const ids = [...documents.entries()]
        .filter(([, permission]) => permission.functionName === functionName)
        .map(([id]) => id);
      const written = Promise.all(ids.map((id) => documents.delete(id)));
      byFunction.delete(functionName);
      await written;
    },
  };
}
