import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rollout, RolloutStack, StartRolloutInput, TenantStack, Wave } from '../../generated/control-plane.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import type { Person } from './given.ts';
import { graphqlData } from './graphql.ts';
import { mutate, type Payload, type Target } from './mutate.ts';

const rolloutFields = `id release status failure startedBy finishedAt
  waves { wave status needsApproval approvedBy stacks { tenantId status fromRelease failure runId } }`;
const longestRollout = 300_000;

/** What an operator does with rollouts, through the control plane's endpoint. */
export function rolloutsOf({ controlPlane: { graphqlUrl: url } }: Outputs, { headers }: Pick<Person, 'headers'>) {
  const target: Target = { url, headers };
  const change = (field: string) => (input: unknown) =>
    mutate<Rollout>(target, field, input, `rollout { ${rolloutFields} }`);
  const read = async (id: string): Promise<Rollout> => {
    const query = `query R($id: ID!) { rollout(id: $id) { ${rolloutFields} } }`;
    const { rollout } = await graphqlData<{ rollout: Rollout | null }>(url, headers, query, { id });
    if (!rollout) throw new Error(`No rollout ${id}`);
    return rollout;
  };
  const until = async (id: string, holds: (rollout: Rollout) => boolean): Promise<Rollout> => {
    const end = Date.now() + longestRollout;
    for (;;) {
      const rollout = await read(id);
      if (holds(rollout)) return rollout;
      if (Date.now() > end) throw new Error(`The rollout is still ${JSON.stringify(rollout)}`);
      await sleep(150);
    }
  };
  return {
    target,
    read,
    until,
    start: change('startRollout'),
    approve: change('approveWave'),
    abort: change('abortRollout'),
    setWave: (tenantId: string, wave: Wave): Promise<Payload<TenantStack>> =>
      mutate(target, 'setTenantWave', { tenantId, wave }, 'tenantStack { tenantId wave }'),

    /** A rollout that has begun. */
    async begin(order: Omit<StartRolloutInput, 'clientToken'>): Promise<Rollout> {
      const { rollout, userErrors } = await change('startRollout')({ clientToken: randomUUID(), ...order });
      if (!rollout) throw new Error(`Not started: ${JSON.stringify(userErrors)}`);
      return rollout as Rollout;
    },
    settled: (id: string): Promise<Rollout> => until(id, ({ finishedAt }) => finishedAt !== null),

    /** `tenantId` → release */
    async releases(): Promise<Record<string, string | null>> {
      const query = '{ tenantStacks(first: 100) { edges { node { tenantId release status } } } }';
      const { tenantStacks } = await graphqlData<{ tenantStacks: { edges: { node: TenantStack }[] } }>(
        url,
        headers,
        query,
      );
      return Object.fromEntries(tenantStacks.edges.map(({ node }) => [node.tenantId, node.release ?? null]));
    },
  };
}

export function stackIn(rollout: Rollout, tenantId: string): RolloutStack {
  const found = rollout.waves.flatMap(({ stacks }) => stacks).find((stack) => stack.tenantId === tenantId);
  if (!found) throw new Error(`The rollout has no stack of ${tenantId}`);
  return found;
}

/** `{CANARY: 'SUCCEEDED', …}` */
export function waveStatuses({ waves }: Rollout): Record<string, string> {
  return Object.fromEntries(waves.map(({ wave, status }) => [wave, status]));
}
