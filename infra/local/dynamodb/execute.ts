import { AwsError } from '../errors.ts';
import type { Identity, JsonObject, Principal } from '../service.ts';
import type { Access, ItemPlan, TableOperation, TableServices } from './dependencies.ts';
import { engineError, type EngineAnswer } from './engine-client.ts';
import { readAnswer } from './read-answer.ts';
import { itemOperations } from './operations/items/index.ts';
import { streamOperations } from './operations/streams/index.ts';
import { tableOperations } from './operations/tables/index.ts';

/** Runs one API call for a principal: authorized, then done by the engine. */
export interface Execute {
  /** The answer's body as the client gets it: the engine's own bytes where nothing in them has to change. */
  raw(principal: Principal, operation: string, input: JsonObject): Promise<EngineAnswer>;
  /** The same decoded; throws what is no success. */
  decoded(principal: Principal, operation: string, input: JsonObject): Promise<JsonObject>;
  /** Whether the principal may make a call on items, without making it. */
  authorized(principal: Principal, operation: string, input: JsonObject): Promise<void>;
}

export type SendToEngine = (operation: string, body: string) => Promise<EngineAnswer>;

const managing: ReadonlyMap<string, TableOperation> = new Map(
  Object.entries({ ...tableOperations, ...streamOperations }),
);
const partiql = new Set(['BatchExecuteStatement', 'ExecuteStatement', 'ExecuteTransaction']);

export function createExecute(services: TableServices, identity: Identity, send: SendToEngine): Execute {
  const authorizeFor =
    (principal: Principal) =>
    ({ action, resource, context }: Access): void => {
      try {
        identity.authorize(principal, action, resource, context);
      } catch (error) {
        if (!(error instanceof AwsError) || error.status !== 403) throw error;
        // DynamoDB answers refusals with 400.
        throw new AwsError(error.code, error.message, 400, error.fields);
      }
    };

  const check = async (principal: Principal, plan: ItemPlan): Promise<void> => {
    // The root user is bound by no policies, so nothing has to be found out for it.
    if (principal.roleArn !== undefined) (await plan.access()).forEach(authorizeFor(principal));
  };

  const onItems = async (principal: Principal, name: string, input: JsonObject): Promise<EngineAnswer | undefined> => {
    const operation = itemOperations.get(name);
    if (!operation) return undefined;
    const plan = operation.plan(services, input);
    await check(principal, plan);
    // Written anew rather than passed on: what was checked is then what the engine reads, whatever a parser makes of oddities.
    const answer = await send(name, JSON.stringify(plan.input));
    if (answer.status === 200) services.listeners.written(plan.written);
    return answer;
  };

  const manage = async (principal: Principal, name: string, input: JsonObject): Promise<JsonObject> => {
    const operation = managing.get(name);
    if (operation) return await operation(services, authorizeFor(principal), input);
    if (partiql.has(name)) {
      throw new AwsError('ValidationException', `${name} is not supported here: PartiQL is not offered`);
    }
    throw new AwsError('UnknownOperationException', `${name || 'No operation'} is not supported by this DynamoDB`);
  };

  return {
    async authorized(principal, name, input) {
      const operation = itemOperations.get(name);
      if (!operation) throw new AwsError('UnknownOperationException', `${name} is no operation on items`);
      await check(principal, operation.plan(services, input));
    },
    async raw(principal, name, input) {
      const answer = await onItems(principal, name, input);
      if (answer) return answer;
      return { status: 200, body: Buffer.from(JSON.stringify(await manage(principal, name, input))) };
    },
    async decoded(principal, name, input) {
      const answer = await onItems(principal, name, input);
      if (!answer) return await manage(principal, name, input);
      if (answer.status !== 200) throw engineError(answer);
      return readAnswer(answer.body.toString('utf8'));
    },
  };
}
