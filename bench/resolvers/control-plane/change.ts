import type { JsonObject } from '../../../infra/local/service.ts';
import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';

/** Asks a mutation. Throws if it is refused: what would be measured then is the refusal. */
export async function change(plane: ControlPlane, field: string, input: JsonObject): Promise<void> {
  const { userErrors } = await plane.ask<{ readonly userErrors: readonly JsonObject[] }>(`Mutation.${field}`, {
    input,
  });
  if (userErrors.length > 0) throw new Error(`${field} was refused: ${JSON.stringify(userErrors)}`);
}
