import { createHash } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { MutationStartRolloutArgs } from '../../generated/control-plane.ts';
import { auditEntry } from '../layer/audit-entry.ts';
import type { OperatorIdentity } from '../layer/field-call.ts';
import { planWaves } from '../layer/rollouts/plan-waves.ts';
import { listStacks } from '../layer/rollouts/list-stacks.ts';
import {
  type ActiveRolloutItem,
  activeRolloutKey,
  type RolloutItem,
  type RolloutTokenItem,
  rolloutTokenKey,
} from '../layer/rollouts/rollout.ts';
import { readActiveRollout, readRollout } from '../layer/rollouts/rollout-store.ts';
import { toRollout } from '../layer/rollouts/to-rollout.ts';
import { transact, type TransactItems } from '../layer/transact.ts';
import { checkStart, orderOf, type RolloutOrder } from './check-start.ts';
import { type AdminCall, adminOf, type Dependencies, refuse, type RolloutPayload } from './dependencies.ts';

/** One item of Rollouts holds a rollout, and DynamoDB's items end at 400 KB; CloudFormation's own limit is 2,000 stacks. */
const mostStacks = 1000;

/** Places in the transaction whose conditions tell one cause from another. */
const places = { token: 0, active: 1 };

/**
 * Plans a rollout and writes it; the stream of Rollouts starts it (functions/rollout-driver). A repeated call answers the
 * rollout that its token made. Only one is under way at a time.
 */
export function startRollout(dependencies: Dependencies) {
  const { documents, tables, clock, createId } = dependencies;

  return async (call: AdminCall<MutationStartRolloutArgs>): Promise<RolloutPayload> => {
    const admin = adminOf(call);
    const { input } = call.arguments;
    const order = orderOf(input);
    const problems = checkStart(input, order);
    if (problems.length > 0) return { rollout: null, userErrors: problems };
    const repeated = await answerToken(input.clientToken, order);
    if (repeated) return repeated;
    if (!(await hasRelease(order.release))) {
      return refuse(
        'NOT_FOUND',
        'release',
        `There is no release ${order.release}; releases lists those that there are`,
      );
    }

    const rollout = await planRollout(order, admin.email);
    const count = rollout.waves.flatMap(({ stacks }) => stacks).length;
    if (count > mostStacks) {
      return refuse('INVALID_STATE', null, `${count} stacks are more than one rollout takes, which is ${mostStacks}`);
    }
    const outcome = await transact(documents, writesOf(rollout, input.clientToken, order, admin));
    if (outcome.written) return { rollout: toRollout(rollout), userErrors: [] };
    const sameToken = outcome.refused.includes(places.token) && (await answerToken(input.clientToken, order));
    return sameToken || (await answerBusy());
  };

  async function planRollout(order: RolloutOrder, startedBy: string): Promise<RolloutItem> {
    const stacks = await listStacks({ documents, mappingTable: tables.TENANT_STACK_MAPPING_TABLE });
    const now = clock().toISOString();
    return {
      rolloutId: createId(),
      listing: 'ROLLOUT',
      release: order.release,
      status: 'RUNNING',
      waves: planWaves(stacks, order.approveWaves),
      maxParallel: order.maxParallel,
      tolerateFailures: order.tolerateFailures,
      startedBy,
      attempt: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
  }

  function writesOf(
    rollout: RolloutItem,
    clientToken: string,
    order: RolloutOrder,
    admin: OperatorIdentity,
  ): TransactItems {
    const { rolloutId } = rollout;
    const token: RolloutTokenItem = {
      rolloutId: rolloutTokenKey(clientToken),
      names: rolloutId,
      fingerprint: fingerprintOf(order),
    };
    const active: ActiveRolloutItem = { rolloutId: activeRolloutKey, names: rolloutId };
    const detail = { rolloutId, ...order };
    const put = (Item: object) => ({
      Put: {
        TableName: tables.ROLLOUTS_TABLE,
        Item: { ...Item },
        ConditionExpression: 'attribute_not_exists(rolloutId)',
      },
    });
    const audit = auditEntry({ actor: admin, action: 'startRollout', detail }, clock);
    return [put(token), put(active), put(rollout), { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } }];
  }

  /** Undefined for a token that is new. */
  async function answerToken(clientToken: string, order: RolloutOrder): Promise<RolloutPayload | undefined> {
    const Key = { rolloutId: rolloutTokenKey(clientToken) };
    const { Item: item } = await documents.send(
      new GetCommand({ TableName: tables.ROLLOUTS_TABLE, Key, ConsistentRead: true }),
    );
    if (!item) return undefined;
    const token = item as RolloutTokenItem;
    if (token.fingerprint !== fingerprintOf(order)) {
      const message = 'clientToken was used for another rollout; choose a new one';
      return refuse('CLIENT_TOKEN_REUSED', 'clientToken', message);
    }
    const rollout = await readRollout(token.names, dependencies);
    if (!rollout) throw new Error(`A client token names rollout ${token.names}, which is not there`);
    return { rollout: toRollout(rollout), userErrors: [] };
  }

  async function hasRelease(release: string): Promise<boolean> {
    const { Item: item } = await documents.send(
      new GetCommand({ TableName: tables.RELEASES_TABLE, Key: { release }, ConsistentRead: true }),
    );
    return item !== undefined;
  }

  async function answerBusy(): Promise<RolloutPayload> {
    const active = await readActiveRollout(dependencies);
    const which = active ? `${active.rolloutId} to ${active.release} is ${active.status}` : 'another has just ended';
    return refuse('INVALID_STATE', null, `One rollout at a time: ${which}; wait for its end or abort it`);
  }
}

function fingerprintOf(order: RolloutOrder): string {
  return createHash('sha256').update(JSON.stringify(order)).digest('hex');
}
