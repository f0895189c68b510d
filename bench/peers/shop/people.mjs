import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { queryPage, toConnection } from './products.mjs';

const toUser = ({ userId, ...item }) => ({ ...item, id: userId });

export async function getMe({ documents, tables }, { tenantId, userId }) {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.users, Key: { tenantId, userId }, ConsistentRead: true }),
  );
  return toUser(Item);
}

export async function getTenant({ documents, tables }, { tenantId }) {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.tenants, Key: { tenantId }, ConsistentRead: true }),
  );
  return { ...Item, id: tenantId };
}

export async function listUsers({ documents, tables }, { tenantId }, { first }) {
  return toConnection(
    (await queryPage(documents, tables.users, { tenantId }, { first, forward: true })).map(toUser),
    first,
  );
}
