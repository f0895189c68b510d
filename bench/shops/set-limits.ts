import type { TenantLimits } from '../../generated/control-plane.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import type { Person } from '../../test/support/given.ts';
import { mutate } from '../../test/support/mutate.ts';

/** Gives a tenant limits of its own, as an operator. */
export async function setLimits(
  outputs: Outputs,
  { headers }: Person,
  tenantId: string,
  limits: Omit<TenantLimits, '__typename'>,
): Promise<void> {
  const target = { url: outputs.controlPlane.graphqlUrl, headers };
  const { userErrors } = await mutate(target, 'setTenantLimits', { tenantId, limits }, 'tenant { id }');
  if (userErrors.length > 0) throw new Error(`setTenantLimits: ${JSON.stringify(userErrors)}`);
}
