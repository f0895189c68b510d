import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type ApplicationPlane, callerOf, type FieldError } from './application-plane.ts';

/** What the tests of the gate say: requests of a tenant, and what its gate item holds. */
export function requestsTo(plane: () => ApplicationPlane) {
  const keyOf = (tenantId: string) => ({ TableName: plane().tables['GATES_TABLE'], Key: { tenantId } });

  /** Admitted, or the error that refused. The subscription's own step reads and writes nothing. */
  async function request(tenantId: string, more = {}): Promise<'admitted' | FieldError> {
    try {
      await plane().ask(callerOf(tenantId, more), 'Subscription.onProductChanged');
      return 'admitted';
    } catch (error) {
      return error as FieldError;
    }
  }

  async function requests(tenantId: string, count: number) {
    const answers = await Promise.all(Array.from({ length: count }, () => request(tenantId)));
    const refusals = answers.filter((answer) => answer !== 'admitted');
    return { admitted: count - refusals.length, refusals };
  }

  async function setGate(tenantId: string, attributes: Readonly<Record<string, unknown>>): Promise<void> {
    const entries = Object.entries(attributes);
    await plane().documents.send(
      new UpdateCommand({
        ...keyOf(tenantId),
        UpdateExpression: `SET ${entries.map((_, index) => `#${index} = :${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#${index}`, name])),
        ExpressionAttributeValues: Object.fromEntries(entries.map(([, value], index) => [`:${index}`, value])),
      }),
    );
  }

  /** The item as it is; empty where there is none. */
  async function gateOf(tenantId: string): Promise<Readonly<Record<string, unknown>>> {
    const { Item = {} } = await plane().documents.send(new GetCommand(keyOf(tenantId)));
    return Item;
  }

  async function removeGate(tenantId: string): Promise<void> {
    await plane().documents.send(new DeleteCommand(keyOf(tenantId)));
  }

  return { request, requests, setGate, gateOf, removeGate };
}
